//! A hash of fields, one after the other. In: texts, numbers, digests. Out: a [`Digest`]. [`Hash`] is the entry.

use super::Digest;

/// A BLAKE3 hash that keeps neighbouring fields apart.
#[derive(Debug, Default)]
pub struct Hash(blake3::Hasher);

impl Hash {
    /// A text, with its length before it.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }

    /// A number.
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.0.update(&(number as u64).to_le_bytes());
        self
    }

    /// What something else depends on.
    pub fn digest(&mut self, digest: Digest) -> &mut Self {
        self.0.update(&digest.0);
        self
    }

    /// Dates, periods and plain numbers: their `Debug` form says all of them.
    pub fn debug(&mut self, value: &impl std::fmt::Debug) -> &mut Self {
        self.text(&format!("{value:?}"))
    }

    /// Of all fields so far.
    #[must_use]
    pub fn finish(&self) -> Digest {
        Digest::finish(&self.0)
    }
}
