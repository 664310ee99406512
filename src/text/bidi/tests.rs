//! The decision on single texts; the language cases stand in `tests/specs/direction.md`.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;

use super::*;

proptest! {
    /// Whatever stands in a text: what is written is the text without controls, and every isolate is closed.
    #[test]
    fn nothing_is_lost_and_all_is_balanced(text in "[ a-cA-C0-3\u{627}-\u{62A}\u{660}-\u{662}.,!?()\"/:@#+%$\u{60C}\u{AB}\u{BB}\u{2013}\u{2066}-\u{2069}\u{202A}-\u{202E}\u{200E}\u{200F}-]{0,24}", language in "ar|fa|he|en") {
        let manner = Manner::of(&language);
        let plain = plain(&text, manner);
        let bare: String = plain.chars().filter(|&c| !is_control(c)).collect();
        let expected: String = text.chars().filter(|&c| !is_control(c)).collect();
        prop_assert_eq!(bare, expected);
        let mut depth = 0_i32;
        for c in plain.chars() {
            depth += match c { '\u{2066}'..='\u{2068}' => 1, '\u{2069}' => -1, _ => 0 };
            prop_assert!(depth >= 0);
            let is_stray = matches!(c, '\u{202A}'..='\u{202E}' | '\u{200E}' | '\u{200F}');
            prop_assert!(!is_stray);
        }
        prop_assert_eq!(depth, 0);
    }

    /// No island could be left out.
    #[test]
    fn nothing_is_isolated_in_vain(text in "[ a-cA-C0-3\u{627}-\u{62A}.,!()+%$\u{60C}-]{0,20}") {
        prop_assert!(is_each_needed(&text));
    }
}

/// Whether another order is seen without any one of the islands of a text.
fn is_each_needed(text: &str) -> bool {
    let manner = Manner::of("ar");
    let islands = islands(text, manner, Vec::new());
    let outer: Vec<&Island> = islands.iter().collect();
    let all = order::seen(text, manner.direction, &outer);
    (0..outer.len()).all(|at| {
        let mut without = outer.clone();
        without.remove(at);
        order::seen(text, manner.direction, &without) != all
    })
}

#[test]
fn an_island_goes_with_the_one_that_it_was_needed_for() {
    assert!(is_each_needed("-a\u{627}+0 A(0"));
}

#[test]
fn directions_of_languages() {
    for (language, direction) in [
        ("ar", Direction::Rtl),
        ("ar-Latn", Direction::Ltr),
        ("en-Arab", Direction::Rtl),
        ("fa_AF", Direction::Rtl),
        ("en", Direction::Ltr),
        ("", Direction::Ltr),
    ] {
        assert_eq!(Direction::of(language), direction, "{language}");
    }
}

#[test]
fn a_title_begins_in_the_direction_of_its_language() {
    let ar = Manner::of("ar");
    assert_eq!(title("Apple", ar), "\u{200F}Apple");
    assert_eq!(title("\u{627}", ar), "\u{627}");
    assert_eq!(title("\u{200F}Apple", ar), "\u{200F}Apple");
    assert_eq!(title("2023", Manner::of("fa")), "\u{200F}2023");
    assert_eq!(title("Apple", Manner::of("en")), "Apple");
    assert_eq!(title("", ar), "");
    assert_eq!(levels("a", Some(Direction::Rtl)).0.first().copied().unwrap(), 2);
}
