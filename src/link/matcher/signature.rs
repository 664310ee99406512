//! Which articles may hold a name, found without reading them, and which names a text may hold, found without preparing all.
//! In: the words of an article when it is filed, the names of an entity when they change. Out: the article's signature
//! ([`signature`]), what a text has to hold for a name to stand in it ([`needles`]), and whether it may ([`may_hold`]); whose
//! names begin with which words ([`Openings`]).
//!
//! A signature is a Bloom filter of the keys of an article's words, also of what is left of each behind every prefix that its
//! language allows; so a text that holds a name never fails, and few others pass. It has a byte for each key that it was
//! given: of 200 words that a text does not hold, it lets one pass.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Matcher,
    index::{Index, Rank},
};
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

impl Needle {
    /// Whether it is a family name, which counts where the person is named in full.
    #[must_use]
    pub fn is_family(&self) -> bool {
        self.rank == Rank::Family
    }
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

/// Whose names begin with which words: the key of each such word with the position of an entity, in order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Openings(Vec<(u64, u32)>);

impl Openings {
    /// Of the names that a matcher finds.
    #[must_use]
    pub fn of(matcher: &Matcher) -> Self {
        let spellings = matcher.index.spellings();
        let mut all: Vec<(u64, u32)> = spellings
            .flat_map(|(form, name)| name.bearers().iter().map(|bearer| (form.key(), *bearer)))
            .collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// The entities of which a name may stand where these words are: [`word_keys`].
    pub fn met_by(&self, keys: &[u64]) -> impl Iterator<Item = u32> {
        keys.iter().flat_map(|key| {
            let from = self.0.partition_point(|(other, _)| other < key);
            let met = self.0[from..].iter().take_while(move |(other, _)| other == key);
            met.map(|(_, bearer)| *bearer)
        })
    }
}

/// The keys of a text's words, and of what is left of each behind every prefix that its language allows: a name can begin
/// with nothing else.
#[must_use]
pub fn word_keys(text: &str, runs: &[TextRun], language: &str) -> Vec<u64> {
    let mut keys = Vec::new();
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
    keys
}

/// The signature of what holds these keys: a text's [`word_keys`], and more that it is found by.
#[must_use]
pub fn signature(keys: &[u64]) -> Vec<u8> {
    let mut bytes = vec![0; keys.len()];
    for key in keys {
        for bit in bits(*key, bytes.len()) {
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
        let bytes = signature(&given);
        assert!(given.iter().all(|key| may_hold(&bytes, &[*key])));
        let others = (1_000..21_000).filter(|key| may_hold(&bytes, &[*key])).count();
        assert!(others < 20_000 / 20, "{others} of 20,000");
    }

    #[test]
    fn an_empty_text_holds_nothing() {
        let bytes = signature(&[]);
        assert!(bytes.is_empty() && !may_hold(&bytes, &[7]));
    }
}
