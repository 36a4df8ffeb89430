//! How tables that are made when a crate is built lie in bytes.
//!
//! The script that builds a crate writes them ([`Bytes`]), the program reads them when it first needs
//! them ([`Packed`]), in the same order. Numbers are little-endian; a list is its length and what is
//! in it, one after another. The bytes are a part of the program, so what does not fit is a fault of
//! ours and panics.

/// What has been written.
#[derive(Debug, Default)]
pub struct Bytes(pub Vec<u8>);

impl Bytes {
    fn list<const N: usize>(&mut self, list: impl IntoIterator<Item = [u8; N]>) {
        let list: Vec<[u8; N]> = list.into_iter().collect();
        self.0.extend((list.len() as u32).to_le_bytes());
        self.0.extend(list.as_flattened());
    }

    /// Adds a list of numbers.
    pub fn numbers(&mut self, numbers: impl IntoIterator<Item = u32>) {
        self.list(numbers.into_iter().map(u32::to_le_bytes));
    }

    /// Adds a list of numbers of 64 bits.
    pub fn longs(&mut self, numbers: impl IntoIterator<Item = u64>) {
        self.list(numbers.into_iter().map(u64::to_le_bytes));
    }

    /// Adds a list of numbers of 128 bits.
    pub fn masks(&mut self, masks: impl IntoIterator<Item = u128>) {
        self.list(masks.into_iter().map(u128::to_le_bytes));
    }

    /// Adds a list of strings, none of which has a line feed.
    pub fn strings<'s>(&mut self, strings: impl IntoIterator<Item = &'s str>) {
        let all = strings.into_iter().flat_map(|string| string.bytes().chain([b'\n']));
        self.list(all.map(|byte| [byte]));
    }
}

/// What is left to read.
///
/// ```
/// use letterbook_dates::packed::{Bytes, Packed};
///
/// let mut bytes = Bytes::default();
/// bytes.numbers([3, 5]);
/// bytes.strings(["May", "June"]);
/// let mut packed = Packed(bytes.0.leak());
/// assert_eq!(packed.numbers().collect::<Vec<_>>(), [3, 5]);
/// assert_eq!(packed.strings(), ["May", "June"]);
/// ```
#[derive(Debug)]
pub struct Packed(pub &'static [u8]);

impl Packed {
    /// The next list, of pieces of `N` bytes.
    fn list<const N: usize>(&mut self) -> &'static [[u8; N]] {
        let (length, rest) = self.0.split_first_chunk().expect("the length of a list");
        let (list, rest) = rest.split_at(N * u32::from_le_bytes(*length) as usize);
        self.0 = rest;
        list.as_chunks().0
    }

    /// The next list, of numbers.
    pub fn numbers(&mut self) -> impl ExactSizeIterator<Item = u32> + use<> {
        self.list().iter().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// The next list, of rows of `N` numbers each.
    pub fn rows<const N: usize>(&mut self) -> impl ExactSizeIterator<Item = [u32; N]> + use<N> {
        let rows = self.list::<4>().as_chunks::<N>().0.iter();
        rows.map(|row| row.map(u32::from_le_bytes))
    }

    /// The next list, of numbers of 64 bits.
    pub fn longs(&mut self) -> impl ExactSizeIterator<Item = u64> + use<> {
        self.list().iter().map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// The next list, of numbers of 128 bits.
    pub fn masks(&mut self) -> impl ExactSizeIterator<Item = u128> + use<> {
        self.list().iter().map(|bytes| u128::from_le_bytes(*bytes))
    }

    /// The next list, of strings.
    ///
    /// # Panics
    ///
    /// When the bytes are no strings.
    pub fn strings(&mut self) -> Vec<&'static str> {
        let all = std::str::from_utf8(self.list::<1>().as_flattened()).expect("names in UTF-8");
        all.split_terminator('\n').collect()
    }
}
