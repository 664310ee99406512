//! Urdu: what is written together with a name. In: nothing. Out: [`URDU`].

use super::Language;

/// ```text
/// before a name: nothing; «اور», «سے», «کے», «نے» are words of their own
/// behind it, after a zero-width non-joiner:
///     وں یں یاں ات    plural
/// ```
pub(super) const URDU: Language = Language {
    tag: "ur",
    after: &["وں", "یں", "یاں", "ات"],
    connectors: &["بن", "ابن", "آل", "ابو", "میر", "دی", "فان", "فون"],
    completions: &["اللہ", "الدین", "الرحمن", "الحق"],
    given: include_str!("ur.given.txt"),
    common: include_str!("ur.common.txt"),
    ..Language::NONE
};
