//! Which articles may hold a name, found without reading them. In: the words of an article when it is filed, the names of an
//! entity when they change. Out: the article's signature ([`signature`]), what a text has to hold for a name to stand in it
//! ([`needles`]), and whether it may ([`may_hold`]).
//!
//! A signature is a Bloom filter of the keys of an article's words, also of what is left of each behind every prefix that its
//! language allows; so a text that holds a name never fails, and few others pass. It has a byte for each key that it was
//! given: of 200 words that a text does not hold, it lets one pass.

use std::collections::BTreeSet;

use super::index::{Index, Rank};
use crate::{
    model::{
        article::TextRun,
        registry::{Entity, EntityKind, Matching},
    },
    text::{letters::Word, particles::grammar},
};

/// Bits that each key sets.
const BITS: u32 = 5;

/// One spelling of a name, with all by which it is told from others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needle {
    /// The keys of its words: a text in which one is missing does not hold it.
    pub keys: Vec<u64>,
    spelling: String,
    glued: (u8, u8),
    rank: Rank,
}

/// What there is to find of an entity; `told` are its names in the other languages of the site.
#[must_use]
pub fn needles<'n>(entity: &Entity, told: impl Iterator<Item = &'n str>) -> BTreeSet<Needle> {
    if entity.matching == Matching::Never {
        return BTreeSet::new();
    }
    let mut index = Index::default();
    let is_person = entity.kind == Some(EntityKind::Person);
    index.add(&entity.all_names(), 0, is_person);
    told.for_each(|name| index.add(&[name], 0, is_person));
    index.close();
    let needle = |(form, name): (&super::index::Form, &super::index::Name)| Needle {
        keys: form.keys(name),
        spelling: index.spelling(form, name),
        glued: form.glued(),
        rank: name.rank,
    };
    index.spellings().map(needle).collect()
}

/// The signature of a text; `keys` are more that it is found by.
#[must_use]
pub fn signature(text: &str, runs: &[TextRun], language: &str, mut keys: Vec<u64>) -> Vec<u8> {
    let (grammar, hebrew) = (grammar(language), grammar("he"));
    for run in runs {
        let (mut at, end) = (run.start as usize, (run.end as usize).min(text.len()));
        while let Some(word) = Word::next(text, at, end) {
            at = word.end;
            keys.push(word.key);
            let grammar = if word.is_hebrew() { hebrew } else { grammar };
            let prefixes = grammar.prefixes(word.first).iter();
            let glued = prefixes.filter(|prefix| word.begins_with(text, prefix.codes()));
            keys.extend(glued.map(|prefix| word.key_without(prefix.len, prefix.key)));
        }
    }
    let mut bytes = vec![0; keys.len()];
    for key in keys {
        for bit in bits(key, bytes.len()) {
            bytes[bit >> 3] |= 1 << (bit & 7);
        }
    }
    bytes
}

/// Whether a text of this signature may hold all of these keys.
#[must_use]
pub fn may_hold(signature: &[u8], keys: &[u64]) -> bool {
    let is_set =
        |bit: usize| signature.get(bit >> 3).is_some_and(|byte| byte >> (bit & 7) & 1 == 1);
    keys.iter().all(|key| bits(*key, signature.len()).all(is_set))
}

/// The bits of a key among those of so many bytes: a start, and steps from there.
fn bits(key: u64, n_bytes: usize) -> impl Iterator<Item = usize> {
    let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let (start, step) = ((mixed >> 32) as u32, mixed as u32 | 1);
    let n_bits = n_bytes as u64 * 8;
    let bit = move |n: u32| (u64::from(start.wrapping_add(n.wrapping_mul(step))) * n_bits) >> 32;
    (0..BITS).map(move |n| bit(n) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_what_it_was_given_and_little_else() {
        let given: Vec<u64> = (0..600).collect();
        let bytes = signature("", &[], "ar", given.clone());
        assert!(given.iter().all(|key| may_hold(&bytes, &[*key])));
        let others = (1_000..21_000).filter(|key| may_hold(&bytes, &[*key])).count();
        assert!(others < 20_000 / 20, "{others} of 20,000");
    }

    #[test]
    fn an_empty_text_holds_nothing() {
        let bytes = signature("", &[], "ar", Vec::new());
        assert!(bytes.is_empty() && !may_hold(&bytes, &[7]));
    }
}
