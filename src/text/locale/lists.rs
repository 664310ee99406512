//! Lists in running text, by CLDR's patterns. In: items. Out: one text. The entry is `Locale::list`.

use super::Locale;

/// Between items, and before the last of two and of more.
struct Joints {
    comma: &'static str,
    pair: &'static str,
    last: &'static str,
}

const fn joints(comma: &'static str, pair: &'static str, last: &'static str) -> Joints {
    Joints { comma, pair, last }
}

fn joints_of(language: &str) -> Joints {
    match language {
        "ar" => joints(" و", " و", " و"),
        "fa" => joints("، ", " و ", " و "),
        "ur" => joints("، ", " اور ", "، اور "),
        "ckb" => joints("، ", " و ", " و "),
        "ps" => joints(", ", " او ", ", او "),
        "he" => joints(", ", " ו", " ו"),
        "de" => joints(", ", " und ", " und "),
        "es" => joints(", ", " y ", " y "),
        "fr" => joints(", ", " et ", " et "),
        "id" | "ms" => joints(", ", " dan ", ", dan "),
        "it" => joints(", ", " e ", " e "),
        "nl" => joints(", ", " en ", " en "),
        "pt" => joints(", ", " e ", " e "),
        "ru" => joints(", ", " и ", " и "),
        "tr" => joints(", ", " ve ", " ve "),
        "en" => joints(", ", " and ", ", and "),
        _ => joints(", ", ", ", ", "),
    }
}

impl Locale {
    /// `روسيا والصين وكوريا`, `Russia, China, and Korea`.
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        let joints = joints_of(&self.primary);
        let mut out = String::new();
        for (at, item) in items.iter().enumerate() {
            out.push_str(match (at, items.len() - at) {
                (0, _) => "",
                (1, 1) => joints.pair,
                (_, 1) => joints.last,
                _ => joints.comma,
            });
            // Hebrew parts its attached conjunction from foreign letters and digits.
            let is_last = at > 0 && at + 1 == items.len();
            if self.primary == "he"
                && is_last
                && !item.starts_with(|c| matches!(c, '\u{5D0}'..='\u{5EA}'))
            {
                out.push('-');
            }
            out.push_str(item);
        }
        out
    }
}
