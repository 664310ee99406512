//! Rules 9 to 18: what of a text is isolated. In: the sections of `tests/specs/rules.md`. Out: the HTML of each text.

use brief::text::bidi::{self, Manner};

use crate::text::cases;

#[test]
fn rules_9_to_18_islands_are_isolated_where_it_is_seen() {
    cases("tests/specs/rules.md", |_, input| bidi::html(input, Manner::of("ar")).into_owned());
}

#[test]
fn rule_16_ranges_have_one_policy_for_each_language() {
    let text = "\u{627} 2019-2023 \u{628}";
    let isolated = "<bdi dir=\"ltr\">2019-2023</bdi>";
    for (language, is_isolated) in [("ar", false), ("ar-EG", false), ("fa", true), ("ur", true)] {
        let html = bidi::html(text, Manner::of(language));
        assert_eq!(html.contains(isolated), is_isolated, "{language}: {html}");
    }
}
