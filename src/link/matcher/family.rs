//! Which words of a person's name are the family name. In: the words of a name. Out: a range of them. [`family`] is the
//! entry.

use std::ops::Range;

use crate::text::particles::Grammar;

/// The words of a full name that stand for the person once that has been named in full: the last, with what belongs to
/// it («بن لادن», «نصر الله»); in names that begin with the family name, the first. `None` if these are the whole name, or
/// a given name that too many bear.
pub(super) fn family(words: &[&[char]], grammar: &Grammar) -> Option<Range<usize>> {
    let last = words.len().checked_sub(1).filter(|last| *last > 0)?;
    if words.len() > 1 && grammar.is_family_first(words[0]) {
        return (words[0].len() > 2).then_some(0..1);
    }
    let mut from = last;
    if grammar.is_completion(words[last]) {
        from -= 1;
    }
    while from > 0 && grammar.is_connector(words[from - 1]) {
        from -= 1;
    }
    let is_one = from == last;
    let stands_alone = !is_one
        || (words[last].len() > 2
            && !grammar.is_frequent(words[last])
            && !grammar.is_common(words[last]));
    (from > 0 && stands_alone).then_some(from..words.len())
}
