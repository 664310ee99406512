//! A hash of fields, one after the other. In: texts, numbers, digests. Out: a [`Digest`]. [`Hash`] is the entry.

use crate::model::Digest;

/// A BLAKE3 hash that keeps neighbouring fields apart.
#[derive(Default)]
pub(super) struct Hash(blake3::Hasher);

impl Hash {
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }

    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        self.0.update(&(number as u64).to_le_bytes());
        self
    }

    pub(super) fn digest(&mut self, digest: Digest) -> &mut Self {
        self.0.update(&digest.0);
        self
    }

    /// Dates, periods and plain numbers: their `Debug` form says all of them.
    pub(super) fn debug(&mut self, value: &impl std::fmt::Debug) -> &mut Self {
        self.text(&format!("{value:?}"))
    }

    pub(super) fn finish(&self) -> Digest {
        Digest::finish(&self.0)
    }
}
