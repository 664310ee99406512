//! Which islands are isolated. In: a text without controls, its manner. Out: as few islands as are needed for all of
//! them to be seen in their order. [`islands`] is the entry.

use super::{Class, Direction, Island, Manner, class, clean::is_clean, find, order::seen};

/// The islands of a text that must be isolated, in order; one may stand within another. `meant` are parts that the
/// editor gave a direction.
#[must_use]
pub fn islands(text: &str, manner: Manner, meant: Vec<Island>) -> Vec<Island> {
    if meant.is_empty() && !may_have_any(text, manner.direction) {
        return Vec::new();
    }
    let mut found = find::candidates(text, manner);
    merge(&mut found, meant, manner.direction);
    let mut kept = needed(text, manner.direction, found);
    let n_outer = kept.len();
    within(text, &mut kept);
    // A part that is isolated may have been what an island around or beside it was needed for.
    if kept.len() > n_outer { needed(text, manner.direction, kept) } else { kept }
}

/// Whether a text has nothing at first sight that could be an island or that is left out.
#[must_use]
pub fn is_plain(text: &str, direction: Direction) -> bool {
    !may_have_any(text, direction) && is_clean(text)
}

/// Whether a text can have an island at first sight. Without branches, for every text goes through here.
fn may_have_any(text: &str, direction: Direction) -> bool {
    let bytes = text.bytes();
    match direction {
        // Letters of other scripts, and digits of every kind.
        Direction::Rtl => {
            let mut last = 0;
            bytes.fold(false, |any, byte| {
                let other = byte.is_ascii_alphanumeric()
                    | (0xC3..=0xD5).contains(&byte)
                    | (0xE0..=0xE1).contains(&byte)
                    | (0xE3..=0xEE).contains(&byte)
                    | (byte >= 0xF0);
                let digit = ((last == 0xD9) & (0xA0..=0xA9).contains(&byte))
                    | ((last == 0xDB) & (byte >= 0xB0));
                last = byte;
                any | other | digit
            })
        }
        // From U+0590 on, no script before U+08FF runs from left to right.
        Direction::Ltr => bytes.fold(false, |any, byte| {
            any | (0xD6..=0xE0).contains(&byte) | (byte == 0xEF) | (byte == 0xF0)
        }),
    }
}

/// Adds what the editor meant: in the place of what was found there, unless it only says how the text runs anyway.
fn merge(found: &mut Vec<Island>, meant: Vec<Island>, direction: Direction) {
    for island in meant {
        let overlaps =
            |it: &Island| it.range.start < island.range.end && island.range.start < it.range.end;
        if island.direction == direction && found.iter().any(overlaps) {
            continue;
        }
        found.retain(|it| !overlaps(it));
        let at = found.partition_point(|it| it.range.start < island.range.start);
        found.insert(at, island);
    }
}

/// As few of the candidates as give the order that all of them give: from the last to the first, each without which
/// nothing is seen otherwise is dropped, and so are letter marks. What is dropped may have been what another was needed
/// for, so that is gone through until nothing more can be.
fn needed(text: &str, direction: Direction, mut kept: Vec<Island>) -> Vec<Island> {
    if kept.is_empty() {
        return kept;
    }
    let seen = |islands: &[Island]| seen(text, direction, &islands.iter().collect::<Vec<_>>());
    let goal = seen(&kept);
    if seen(&[]) == goal {
        return Vec::new();
    }
    loop {
        let mut is_settled = true;
        for at in (0..kept.len()).rev() {
            let island = kept.remove(at);
            if seen(&kept) == goal {
                is_settled = false;
            } else {
                kept.insert(at, island);
            }
        }
        for at in 0..kept.len() {
            if kept[at].letter_mark {
                kept[at].letter_mark = false;
                if seen(&kept) == goal {
                    is_settled = false;
                } else {
                    kept[at].letter_mark = true;
                }
            }
        }
        if is_settled {
            return kept;
        }
    }
}

/// What runs from right to left within an island from left to right: the Arabic parts of a URL's path keep the order
/// of the path.
fn within(text: &str, kept: &mut Vec<Island>) {
    let mut inner = Vec::new();
    for island in kept.iter().filter(|it| it.direction == Direction::Ltr) {
        let inside = &text[island.range.clone()];
        if inside.chars().any(|c| class(c) == Class::Rtl) {
            let parts = find::parts_of_address(inside);
            let needed = needed(inside, Direction::Ltr, parts);
            inner.extend(needed.into_iter().map(|it| {
                let (start, end) = (it.range.start, it.range.end);
                Island::new(island.range.start + start..island.range.start + end, it.direction)
            }));
        }
    }
    kept.extend(inner);
    kept.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
}
