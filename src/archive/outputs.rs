//! What is published: for each output what it was made of. In: the name of a file below the output folder. Out:
//! [`Published`]. What stands in the store with an equal fingerprint is not made again; only what stands in it is deleted.

use std::borrow::Cow;

use super::{Snapshot, pack};
use crate::{model::Digest, text::fold};

/// One published file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// Of all that its bytes depend on; zero equals no fingerprint.
    pub fingerprint: Digest,
    /// Of its bytes.
    pub digest: Digest,
    /// Bytes.
    pub len: u64,
    /// Whose it is: the number of its name in the plan.
    pub owner: u64,
}

impl Published {
    pub(super) fn pack(&self, file: &str, out: &mut Vec<u8>) {
        out.extend(self.fingerprint.0);
        out.extend(self.digest.0);
        out.extend(self.len.to_le_bytes());
        out.extend(self.owner.to_le_bytes());
        out.extend(file.as_bytes());
    }

    fn read(bytes: &[u8]) -> Option<(Self, &str)> {
        let (fingerprint, rest) = bytes.split_first_chunk::<16>()?;
        let (digest, rest) = rest.split_first_chunk::<16>()?;
        let (len, rest) = rest.split_first_chunk::<8>()?;
        let (owner, file) = rest.split_first_chunk::<8>()?;
        let published = Self {
            fingerprint: Digest(*fingerprint),
            digest: Digest(*digest),
            len: u64::from_le_bytes(*len),
            owner: u64::from_le_bytes(*owner),
        };
        Some((published, std::str::from_utf8(file).ok()?))
    }
}

/// A published file with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Below the output folder.
    pub file: String,
    /// What it was made of.
    pub published: Published,
}

impl Output {
    /// The key of a file: two files with one key are one file on some disks.
    #[must_use]
    pub fn key(file: &str) -> Cow<'_, str> {
        if file.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            Cow::Borrowed(file)
        } else {
            Cow::Owned(fold::route_key(file))
        }
    }
}

impl Snapshot {
    /// What is published under the key of a file.
    #[must_use]
    pub fn output(&self, file: &str) -> Option<Output> {
        let key = Output::key(file);
        self.with(&self.outputs, &*key, |bytes| {
            let (published, own) = Published::read(bytes)?;
            let file = if own.is_empty() { &*key } else { own };
            Some(Output { file: file.to_owned(), published })
        })
    }

    /// Everything that is published, by key.
    #[must_use]
    pub fn outputs(&self) -> Vec<Output> {
        self.outputs_from("", |_| true)
    }

    /// Some file that is published below a folder, given with a trailing `/`.
    #[must_use]
    pub fn output_below(&self, folder: &str) -> Option<Output> {
        let key = Output::key(folder);
        let mut taken = false;
        let wanted = |file: &str| file.starts_with(&*key) && !std::mem::replace(&mut taken, true);
        self.outputs_from(&key, wanted).pop()
    }

    fn outputs_from(&self, from: &str, mut wanted: impl FnMut(&str) -> bool) -> Vec<Output> {
        self.each::<&str, _, &str, _>(&self.outputs, from.., |key, bytes| {
            if !wanted(key) {
                return None;
            }
            let read = pack::unseal(bytes).and_then(Published::read);
            let (published, own) = read.or_else(|| self.note("a record is damaged"))?;
            let file = if own.is_empty() { key } else { own };
            Some(Output { file: file.to_owned(), published })
        })
    }

    /// How many files are published.
    #[must_use]
    pub fn n_outputs(&self) -> usize {
        use redb::ReadableTableMetadata as _;
        self.outputs.len().map_or(0, |len| usize::try_from(len).unwrap_or(usize::MAX))
    }
}
