//! How texts and records lie in the store: as they are, or as an LZ4 block.
//!
//! A packed value is one byte that says how (0 as it is, 1 LZ4, 2 LZ4 with a dictionary), then for
//! LZ4 the unpacked length in bytes (little-endian `u32`), then the data. A record is packed with
//! the letter's text and a fixed list of keys as dictionary, because a record mostly quotes the
//! text. The dictionary of format 1 never changes. LZ4 and not Zstandard, so that no C code beside
//! SQLite is needed; checking what was packed is the hash's work, not this module's.

use lz4_flex::block;

/// The keys of a record, which every record repeats.
const KEYS: &[u8] = include_bytes!("../tables/record-dictionary-1.txt");

/// LZ4 sees no further back than this.
const WINDOW: usize = 65_535;

/// The largest value that is unpacked, against damaged lengths: 1 GiB.
const MOST: usize = 1 << 30;

/// Packs `bytes`; never longer than them by more than a byte.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    smaller(1, bytes, block::compress(bytes))
}

/// Packs a record's JSON, which mostly quotes `text`.
pub(crate) fn pack_record(json: &[u8], text: &str) -> Vec<u8> {
    smaller(2, json, block::compress_with_dict(json, &dictionary(text)))
}

fn smaller(how: u8, bytes: &[u8], packed: Vec<u8>) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).ok().filter(|_| packed.len() + 4 < bytes.len());
    let mut out = Vec::with_capacity(packed.len().min(bytes.len()) + 5);
    match length {
        Some(length) => {
            out.push(how);
            out.extend_from_slice(&length.to_le_bytes());
            out.extend_from_slice(&packed);
        }
        None => {
            out.push(0);
            out.extend_from_slice(bytes);
        }
    }
    out
}

/// What was packed; an error says what is wrong with it.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>, String> {
    unpack_with(packed, "")
}

/// The JSON that [`pack_record`] packed beside the same text.
pub(crate) fn unpack_record(packed: &[u8], text: &str) -> Result<Vec<u8>, String> {
    unpack_with(packed, text)
}

fn unpack_with(packed: &[u8], text: &str) -> Result<Vec<u8>, String> {
    let (&how, rest) = packed.split_first().ok_or("expected packed bytes, but found none")?;
    if how == 0 {
        return Ok(rest.to_vec());
    }
    let (length, data) =
        rest.split_first_chunk::<4>().ok_or("expected a length of 4 bytes, but found the end")?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > MOST {
        return Err(format!("expected a length of at most {MOST} bytes, but found {length}"));
    }
    let out = match how {
        1 => block::decompress(data, length),
        2 => block::decompress_with_dict(data, length, &dictionary(text)),
        _ => return Err(format!("expected a packing of 0 to 2, but found {how}")),
    }
    .map_err(|e| e.to_string())?;
    if out.len() == length {
        Ok(out)
    } else {
        Err(format!("expected {length} bytes, but found {}", out.len()))
    }
}

/// The keys last, where they are nearest to the data; the text before them as far as LZ4 sees.
fn dictionary(text: &str) -> Vec<u8> {
    let text = text.as_bytes();
    let shown = &text[..text.len().min(WINDOW - KEYS.len())];
    [shown, KEYS].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let long = "Dear Sir, I have the honour to be ".repeat(4000);
        for bytes in [&b""[..], b"x", long.as_bytes(), &[0, 159, 255, 1, 2]] {
            assert_eq!(unpack(&pack(bytes)).unwrap(), bytes);
            let text = &long[..long.len() / 2];
            assert_eq!(unpack_record(&pack_record(bytes, text), text).unwrap(), bytes);
        }
        assert!(pack(long.as_bytes()).len() < long.len() / 10);
    }

    #[test]
    fn damage_is_told_and_never_panics() {
        assert!(unpack(b"").is_err());
        assert!(unpack(&[1, 4, 0]).is_err());
        assert!(unpack(&[9, 4, 0, 0, 0, 1]).unwrap_err().contains("found 9"));
        assert!(unpack(&[1, 255, 255, 255, 255, 0]).unwrap_err().contains("at most"));
        let mut packed = pack(&b"abcabcabc".repeat(50));
        packed.truncate(packed.len() / 2);
        assert!(unpack(&packed).is_err());
    }
}
