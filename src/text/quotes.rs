//! Straight quotation marks in Arabic and Persian text. In: the text of one block. Out: which marks become « » or,
//! within those, ‹ ›. [`curled`] is the entry.

use super::bidi::{Class, class};

/// The straight marks of a block with what stands for each, in order; none at all where one has no partner, for then
/// nobody can tell what was meant.
#[must_use]
pub fn curled(text: &str) -> Vec<(usize, &'static str)> {
    if !text.contains('"') || !text.chars().any(|c| class(c) == Class::Rtl) {
        return Vec::new();
    }
    let mut marks = Vec::new();
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices('"') {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        match open.take() {
            None if may_open(before, after) => open = Some(at),
            // An inch, or a mark that closes nothing.
            None => return Vec::new(),
            Some(_) if before.is_some_and(char::is_whitespace) => return Vec::new(),
            Some(start) => marks.extend([(start, "«"), (at, "»")]),
        }
    }
    if open.is_some() { Vec::new() } else { marks }
}

/// Whether a mark opens: something follows, and no digit or Latin letter stands before it. Particles may (`و"نعم"`).
fn may_open(before: Option<char>, after: Option<char>) -> bool {
    let is_free = before.is_none_or(|c| !matches!(class(c), Class::Digit | Class::Ltr));
    is_free && after.is_some_and(|c| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_angle_marks_and_others_stay() {
        let of = |text: &str| curled(text).into_iter().map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(of("\"\u{627}\" \u{648}\"\u{628}\""), [0, 3, 7, 10]);
        assert_eq!(of("\u{627} 5\" \u{628}"), [0; 0]);
        assert_eq!(of("\u{627} \"\u{628}"), [0; 0]);
        assert_eq!(of("\"a\""), [0; 0]);
    }
}
