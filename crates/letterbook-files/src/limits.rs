//! How much of a machine one file may take.
//!
//! Every reader of the crate counts against the same [`Limits`]; what goes over is a
//! [`Failure`] of that part, never a crash, and the rest of the file is
//! still read where it stands by itself. Time and memory are for `tools` and `worker` to hold;
//! the readers themselves are linear in the bytes that the limits let through.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

use crate::trouble::Failure;

/// What one file may take; every number may be raised or lowered by the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of one file or of one member of an archive. 256 MiB unless told.
    pub file_bytes: u64,
    /// Bytes that all members of one file may come to when unpacked. 1 GiB unless told.
    pub unpacked_bytes: u64,
    /// How often one byte of an archive may unpack to more, beyond the first MiB. 200 unless told.
    pub unpack_ratio: u64,
    /// Files within files: a letter attached to a mail in a mailbox in an archive is 3. 6 unless
    /// told.
    pub nesting: usize,
    /// Elements within elements, groups within groups, in one document. 256 unless told.
    pub markup_depth: usize,
    /// Letters of one file. 200,000 unless told.
    pub documents: usize,
    /// Pages of one PDF document. 2,000 unless told.
    pub pages: usize,
    /// Seconds of one run of another program, and of a worker between two texts or pages. 60
    /// unless told.
    pub seconds: u64,
    /// Bytes of memory (address space) of a worker and of a program that it starts, where the
    /// system can limit it. 2 GiB unless told.
    pub memory_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 256 << 20,
            unpacked_bytes: 1 << 30,
            unpack_ratio: 200,
            nesting: 6,
            markup_depth: 256,
            documents: 200_000,
            pages: 2_000,
            seconds: 60,
            memory_bytes: 2 << 30,
        }
    }
}

/// What one file has taken so far.
#[derive(Debug)]
pub(crate) struct Budget {
    pub(crate) limits: Limits,
    unpacked: Cell<u64>,
}

impl Budget {
    pub(crate) fn new(limits: Limits) -> Budget {
        Budget { limits, unpacked: Cell::new(0) }
    }

    /// How many bytes a member that is packed into `packed` bytes may unpack to, at most.
    pub(crate) fn allowance(&self, packed: u64) -> u64 {
        let by_ratio = packed.saturating_mul(self.limits.unpack_ratio).max(1 << 20);
        by_ratio
            .min(self.limits.file_bytes)
            .min(self.limits.unpacked_bytes.saturating_sub(self.unpacked.get()))
    }

    /// Counts bytes that were unpacked.
    pub(crate) fn take(&self, bytes: u64) {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
    }

    /// Reads all of `input`, which is packed into `packed` bytes.
    ///
    /// # Errors
    ///
    /// When it unpacks to more than the limits let through, or breaks off.
    pub(crate) fn unpack(
        &self,
        part: &str,
        input: impl std::io::Read,
        packed: u64,
    ) -> Result<Vec<u8>, Failure> {
        use std::io::Read as _;
        let allowance = self.allowance(packed);
        let mut bytes = Vec::new();
        let read = input.take(allowance.saturating_add(1)).read_to_end(&mut bytes);
        self.take(bytes.len() as u64);
        if read.is_err() {
            return Err(Failure::new(
                part,
                "damaged-archive",
                format!(
                    "expected packed data, but found something else at byte {} of it",
                    bytes.len()
                ),
                "copy the file again from where it came; what stands before the damage was read",
            ));
        }
        if bytes.len() as u64 > allowance {
            return Err(Failure::new(
                part,
                "unpacks-too-large",
                format!(
                    "expected at most {allowance} bytes when unpacked, but found more \
                     ({packed} bytes packed)"
                ),
                "unpack it yourself and look at it first; raise the limit if it is a letter",
            ));
        }
        Ok(bytes)
    }
}
