//! Numbers: how number words add up, Roman numerals, Hebrew and Chinese numerals.

/// Number words as they are read, one after another.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    /// Whole thousands so far.
    thousands: i32,
    current: i32,
    /// The last word was "and".
    after_and: bool,
    /// Two numbers of two digits side by side, as in "eighteen sixty-two".
    paired: bool,
    words: u8,
}

impl Sum {
    /// Notes a word such as "and" or "und".
    pub(crate) fn and(&mut self) {
        self.after_and = true;
    }

    /// Adds a word; false when it does not continue the number.
    pub(crate) fn add(&mut self, value: i32) -> bool {
        let after_and = std::mem::take(&mut self.after_and);
        let low = self.current % 100;
        let fits = match value {
            0 => self.words > 0,
            // "achttienhonderd", written in one, begins a number and may go on.
            1000.. if self.words == 0 && value % 1000 != 0 => {
                self.thousands = value / 1000 * 1000;
                self.current = value % 1000;
                self.words += 1;
                return true;
            }
            1000 if self.thousands == 0 => {
                self.thousands = self.current.max(1) * 1000;
                self.current = 0;
                self.words += 1;
                return true;
            }
            100 if self.current > 0 && self.current < 100 && !self.paired => {
                self.current *= 100;
                self.words += 1;
                return true;
            }
            100..=900 if value % 100 == 0 => self.current == 0,
            _ if self.words == 0 => true,
            _ if self.current == 0 => true,
            // "dix-sept", "diez y seis" and "on iki" join ten and a digit.
            1..=9 if low % 10 == 0 => true,
            10..=19 if low == 0 || low == 60 || low == 80 => true,
            20..=99 if low == 0 => true,
            // One and twenty, einundzwanzig.
            20..=90 if value % 10 == 0 && (1..=9).contains(&low) && after_and => true,
            // Eighteen sixty-two, seventeen seventy-six.
            10..=99 if (10..=20).contains(&self.current) && self.thousands == 0 && !after_and => {
                self.current = self.current * 100 + value;
                self.paired = true;
                self.words += 1;
                return true;
            }
            _ => false,
        };
        if fits && value < 1000 {
            self.current += value;
            self.words += 1;
        }
        fits && value < 1000
    }

    /// The number so far.
    pub(crate) fn value(&self) -> i32 {
        self.thousands + self.current
    }
}

/// The value of a Roman numeral in either case, as printers and scribes wrote them: `MDCCCLXII`,
/// `xxviij`, `IIII`. Empty and ill-formed ones have none.
pub(crate) fn roman(word: &str) -> Option<i32> {
    if word.is_empty() || word.len() > 16 {
        return None;
    }
    let digit = |byte: u8| match byte.to_ascii_lowercase() {
        b'i' | b'j' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        b'd' => Some(500),
        b'm' => Some(1000),
        _ => None,
    };
    let mut total = 0;
    let mut previous = i32::MAX;
    let mut repeats = 0;
    let mut values = word.bytes().map(digit).peekable();
    while let Some(value) = values.next() {
        let value = value?;
        repeats = if value == previous { repeats + 1 } else { 1 };
        if repeats > 4 || (repeats > 1 && matches!(value, 5 | 50 | 500)) {
            return None;
        }
        match values.peek() {
            Some(Some(next)) if *next > value => {
                let pair_is_fine =
                    matches!((value, *next), (1, 5 | 10) | (10, 50 | 100) | (100, 500 | 1000));
                if !pair_is_fine || repeats > 1 {
                    return None;
                }
                total -= value;
            }
            _ => total += value,
        }
        if previous != i32::MAX && value > previous && previous * 10 < value {
            return None;
        }
        previous = value;
    }
    (total > 0).then_some(total)
}

/// The value of Hebrew letters as numerals, without the thousands that years leave out.
pub(crate) fn hebrew(letters: impl Iterator<Item = char>) -> Option<i32> {
    let mut total = 0;
    let mut any = false;
    for letter in letters {
        total += match letter {
            'א'..='ט' => letter as i32 - 'א' as i32 + 1,
            'י' => 10,
            'ך' | 'כ' => 20,
            'ל' => 30,
            'ם' | 'מ' => 40,
            'ן' | 'נ' => 50,
            'ס' => 60,
            'ע' => 70,
            'ף' | 'פ' => 80,
            'ץ' | 'צ' => 90,
            'ק' => 100,
            'ר' => 200,
            'ש' => 300,
            'ת' => 400,
            _ => return None,
        };
        any = true;
    }
    any.then_some(total)
}

/// The value of one East Asian numeral character: a digit, or a power of ten as its negative.
pub(crate) fn han_digit(c: char) -> Option<i32> {
    Some(match c {
        '〇' | '零' | '○' | '영' | '공' => 0,
        '一' | '壹' | '壱' | '元' | '일' => 1,
        '二' | '貳' | '贰' | '弐' | '两' | '兩' | '이' => 2,
        '三' | '參' | '叁' | '参' | '삼' => 3,
        '四' | '肆' | '사' => 4,
        '五' | '伍' | '오' => 5,
        '六' | '陸' | '陆' | '육' | '륙' => 6,
        '七' | '柒' | '칠' => 7,
        '八' | '捌' | '팔' => 8,
        '九' | '玖' | '구' => 9,
        '廿' | '卄' => 20,
        '卅' => 30,
        '十' | '拾' | '십' => -10,
        '百' | '佰' | '백' => -100,
        '千' | '仟' | '阡' | '천' => -1000,
        _ => return None,
    })
}

/// The number written by East Asian numeral characters, by place (`一九五〇`) or by powers of ten
/// (`二千六`); with the count of digits where written by place.
pub(crate) fn han(characters: &[char]) -> Option<(i32, u8)> {
    let values: Vec<i32> = characters.iter().copied().map(han_digit).collect::<Option<_>>()?;
    if values.is_empty() || values.len() > 9 {
        return None;
    }
    if values.len() > 1 && values.iter().all(|value| (0..=9).contains(value)) {
        let number =
            values.iter().try_fold(0i32, |sum, digit| sum.checked_mul(10)?.checked_add(*digit))?;
        return Some((number, values.len() as u8));
    }
    let (mut total, mut digit) = (0, None);
    for value in values {
        match value {
            20 | 30 => total += value,
            0..=9 => digit = Some(value),
            power => total += digit.take().unwrap_or(1) * -power,
        }
    }
    Some((total + digit.unwrap_or(0), 0))
}
