//! The nouns: what a newsroom is made of, with no reading, writing or deciding.
//!
//! A verb takes some of these and hands on others:
//! [`source`] → [`article`], [`registry`], [`edition`] → [`newsroom`] → [`output`] → bytes.

pub mod article;
pub mod config;
pub mod day;
pub mod edition;
mod extra;
pub mod face;
pub mod hash;
pub mod links;
mod moment;
pub mod newsroom;
pub mod output;
pub mod page_id;
pub mod registry;
pub mod route;
pub mod shard;
pub mod source;
pub mod tongue;

use std::fmt;

use serde::{Deserialize, Serialize};

/// A 128-bit BLAKE3 hash of some bytes: names content, never shown to readers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Digest(pub [u8; 16]);

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::finish(blake3::Hasher::new().update(bytes))
    }

    /// The digest of what a hasher has taken in.
    #[must_use]
    pub fn finish(hasher: &blake3::Hasher) -> Self {
        let mut digest = [0; 16];
        digest.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(digest)
    }

    /// The digest that [`fmt::Display`] wrote, 32 hexadecimal digits.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut digest = [0; 16];
        if hex.len() != 32 || !hex.is_ascii() {
            return None;
        }
        for (byte, pair) in digest.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(digest))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Lists of outputs hold thousands of these: one write each, not one for each byte.
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let hex: String = digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect();
        f.write_str(&hex)
    }
}
