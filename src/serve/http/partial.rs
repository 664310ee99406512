//! Answers that need not be whole. In: the headers of a request, and the whole of what it asks for. Out: whether the browser
//! has it already ([`is_known`]), or which part it wants ([`range`]). RFC 9110, sections 13 and 14.

use std::ops::Range;

/// Whether one of the tags that the browser knows is this one. The comparison is the weak one, as the RFC wants it here.
pub(super) fn is_known(if_none_match: Option<&str>, tag: &str) -> bool {
    let Some(known) = if_none_match else { return false };
    let plain = |it: &str| it.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|it| plain(it) == tag)
}

/// Which part of an answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// Bytes that there are not.
    None,
}

/// The part that is wanted of `len` bytes. Of several ranges, or of one in a unit that nobody knows, all of it is given, as a
/// server may.
pub(super) fn range(
    wanted: Option<&str>,
    if_range: Option<&str>,
    (tag, len): (&str, usize),
) -> Part {
    let is_current = if_range.is_none_or(|it| it.trim() == tag);
    let Some(wanted) = wanted.filter(|_| is_current) else { return Part::Whole };
    let Some(bytes) = wanted.trim().strip_prefix("bytes=") else { return Part::Whole };
    let Some((first, last)) = bytes.trim().split_once('-') else { return Part::Whole };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    match (first.trim(), last.trim()) {
        ("", last) => match number(last) {
            Some(0) => Part::None,
            Some(_) if len == 0 => Part::None,
            Some(n) => Part::Bytes(len.saturating_sub(n)..len),
            None => Part::Whole,
        },
        (first, last) => {
            let end = if last.is_empty() {
                Some(usize::MAX)
            } else {
                number(last).map(|it| it.saturating_add(1))
            };
            match (number(first), end) {
                (Some(first), Some(end)) if first < end => {
                    if first < len {
                        Part::Bytes(first..end.min(len))
                    } else {
                        Part::None
                    }
                }
                _ => Part::Whole,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_among_others_is_known() {
        assert!(is_known(Some("\"a\", W/\"b\""), "\"b\""));
        assert!(is_known(Some("*"), "\"b\""));
        assert!(!is_known(Some("\"a\""), "\"b\"") && !is_known(None, "\"b\""));
    }

    #[test]
    fn one_range_is_given_and_what_makes_no_sense_is_passed_over() {
        let of = |wanted| range(Some(wanted), None, ("\"t\"", 10));
        assert_eq!(of("bytes=0-3"), Part::Bytes(0..4));
        assert_eq!(of("bytes=4-"), Part::Bytes(4..10));
        assert_eq!(of("bytes=-3"), Part::Bytes(7..10));
        assert_eq!(of("bytes=-30"), Part::Bytes(0..10));
        assert_eq!(of("bytes=8-30"), Part::Bytes(8..10));
        assert_eq!(of("bytes=10-"), Part::None);
        assert_eq!(of("bytes=-0"), Part::None);
        for whole in [
            "bytes=3-1",
            "bytes=a-b",
            "bytes=0-1,3-4",
            "lines=1-2",
            "bytes=",
            "bytes=99999999999999999999-",
        ] {
            assert_eq!(of(whole), Part::Whole, "{whole}");
        }
        assert_eq!(range(Some("bytes=0-1"), Some("\"old\""), ("\"t\"", 10)), Part::Whole);
        assert_eq!(range(Some("bytes=0-1"), Some("\"t\""), ("\"t\"", 10)), Part::Bytes(0..2));
        assert_eq!(range(None, None, ("\"t\"", 10)), Part::Whole);
    }
}
