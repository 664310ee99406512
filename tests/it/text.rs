//! Runs the cases of `tests/specs/text.md`, checks the UI texts, and proves that no text breaks what is made of it.
//!
//! A section of the spec is a heading (`## slug`, `## date ar latn gregorian`) with cases `input ⇒ expected`, one on a
//! line. `⟦RLM⟧` and its like stand for characters that nobody would see, `⟦n⟧` for a new line. `UPDATE_SPECS=1 cargo
//! test text` writes what comes of each input into the spec; read the difference before it is committed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::PathBuf,
};

use brief::{
    model::config::{Months, Numerals, SecondCalendar},
    render::ui::{self, Ui},
    text::{fold, html, locale::Locale, slug, words},
};
use jiff::civil::Date;
use proptest::prelude::*;
use unicode_normalization::is_nfc;

#[test]
fn spec() {
    cases("tests/specs/text.md", outcome);
}

/// Runs the cases of a spec: `outcome` is what comes of an input in a section.
pub(crate) fn cases(path: &str, outcome: impl Fn(&str, &str) -> String) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    let spec = fs::read_to_string(&path).unwrap();
    let (mut updated, mut differing) = (String::new(), String::new());
    let mut section = String::new();
    for line in spec.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut section);
        }
        let case = line.split_once('⇒').filter(|_| !section.is_empty());
        let Some((input, expected)) = case else {
            writeln!(updated, "{line}").unwrap();
            continue;
        };
        let actual = hide(&outcome(&section, &reveal(input.trim())));
        if actual.trim() != expected.trim() {
            writeln!(differing, "## {section}\n{input}⇒{expected}\nfound: {actual}").unwrap();
        }
        writeln!(updated, "{}", format!("{}⇒ {actual}", input).trim_end()).unwrap();
    }
    if std::env::var_os("UPDATE_SPECS").is_some() {
        fs::write(&path, updated).unwrap();
    } else {
        assert!(differing.is_empty(), "{differing}");
    }
}

const HIDDEN: [(&str, &str); 19] = [
    ("⟦RLM⟧", "\u{200F}"),
    ("⟦LRM⟧", "\u{200E}"),
    ("⟦ALM⟧", "\u{61C}"),
    ("⟦ZWNJ⟧", "\u{200C}"),
    ("⟦ZWJ⟧", "\u{200D}"),
    ("⟦NBSP⟧", "\u{A0}"),
    ("⟦RLE⟧", "\u{202B}"),
    ("⟦PDF⟧", "\u{202C}"),
    ("⟦LRI⟧", "\u{2066}"),
    ("⟦RLI⟧", "\u{2067}"),
    ("⟦FSI⟧", "\u{2068}"),
    ("⟦SHY⟧", "\u{AD}"),
    ("⟦BOM⟧", "\u{FEFF}"),
    ("⟦PDI⟧", "\u{2069}"),
    ("⟦LS⟧", "\u{2028}"),
    ("⟦hamza⟧", "\u{654}"),
    ("⟦acute⟧", "\u{301}"),
    ("⟦n⟧", "\n"),
    ("⟦⟧", ""),
];

pub(crate) fn reveal(text: &str) -> String {
    HIDDEN.iter().fold(text.to_owned(), |text, (name, character)| text.replace(name, character))
}

pub(crate) fn hide(text: &str) -> String {
    let named = HIDDEN.iter().filter(|(_, character)| !character.is_empty());
    named.fold(text.to_owned(), |text, (name, character)| text.replace(character, name))
}

/// What comes of an input in a section.
pub(crate) fn outcome(section: &str, input: &str) -> String {
    let mut options = section.split(' ');
    let name = options.next().unwrap_or_default();
    let limit = || section.split(' ').nth(1).and_then(|limit| limit.parse().ok()).unwrap();
    match name {
        "slug" => slug::slug(input),
        "key" => fold::key(input),
        "route" => fold::route_key(input),
        "escape" => html::escape(input).into_owned(),
        "path" => html::percent_encode_path(input).into_owned(),
        "script" => html::json_script(input).into_owned(),
        "words" => words::count(input).to_string(),
        "cut" => words::cut(input, limit()),
        "sentence" => sentence(input, limit()),
        _ => {
            let language = section.split(' ').nth(1).unwrap_or("ar");
            localised(name, language, &locale_of(options), input)
        }
    }
}

/// The name stands between asterisks, also in what comes out.
fn sentence(input: &str, limit: usize) -> String {
    let (before, rest) = input.split_once('*').unwrap();
    let (name, after) = rest.split_once('*').unwrap();
    let text = [before, name, after].concat();
    let (start, end) = (before.len(), before.len() + name.len());
    let (before, name, after) = words::sentence_around(&text, start, end, limit);
    format!("{before}*{name}*{after}")
}

fn localised(name: &str, language: &str, locale: &Locale, input: &str) -> String {
    let date = || input.parse::<Date>().unwrap();
    match name {
        "date" => locale.date(date()),
        "day_month_year" => locale.day_month_year(date()),
        "day_month" => locale.day_month(date()),
        "weekday_day_month" => locale.weekday_day_month(date()),
        "month_year" => locale.month_year(date().year(), date().month()),
        "month" => locale.month(input.parse().unwrap()),
        "year" => locale.year(input.parse().unwrap()),
        "time" => {
            let (hour, minute) = input.split_once(':').unwrap();
            locale.time(hour.parse().unwrap(), minute.parse().unwrap())
        }
        "date_time" => locale.date_time(input.parse().unwrap()),
        "second_date" => locale.second_date(date()).unwrap_or_default(),
        "number" => locale.number(input.parse().unwrap()),
        "digits" => locale.digits(input),
        "plural" => locale.plural(input.parse().unwrap()).to_owned(),
        "list" => locale.list(&input.split(" | ").map(str::to_owned).collect::<Vec<_>>()),
        "initial" => locale.initial(input),
        "order" => {
            let mut names: Vec<&str> = input.split(" | ").collect();
            names.sort_by(|a, b| locale.compare(a, b));
            let mut by_key = names.clone();
            by_key.sort_by_cached_key(|name| locale.sort_key(name));
            assert_eq!(names, by_key, "sort keys and comparison agree");
            names.join(" | ")
        }
        key => built_in(language).count(key, input.parse().unwrap(), locale),
    }
}

/// Of the options of a heading: language, numerals, months, second calendar.
fn locale_of<'a>(mut options: impl Iterator<Item = &'a str>) -> Locale {
    let language = options.next().unwrap_or("ar");
    let (mut numerals, mut months, mut second) = Default::default();
    for option in options {
        match option {
            "latn" => numerals = Numerals::Latn,
            "arab" => numerals = Numerals::Arab,
            "arabext" => numerals = Numerals::Arabext,
            "gregorian" => months = Months::Gregorian,
            "levant" => months = Months::Levant,
            "dual" => months = Months::Dual,
            "maghreb" => months = Months::Maghreb,
            "umalqura" => second = SecondCalendar::Umalqura,
            "persian" => second = SecondCalendar::Persian,
            other => panic!("no option {other}"),
        }
    }
    Locale::new(language, numerals, months, second)
}

fn source(language: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("templates/ui");
    fs::read_to_string(path.join(format!("{language}.yaml"))).unwrap()
}

fn built_in(language: &str) -> Ui {
    let (ui, diagnostics) = ui::read("ui.yaml", &source(language));
    assert_eq!(diagnostics, []);
    ui
}

/// The languages of the UI texts, each with the plural categories that CLDR gives it; `zero` is written for all.
const LANGUAGES: [(&str, &[&str]); 5] = [
    ("ar", &["few", "many", "one", "other", "two", "zero"]),
    ("en", &["one", "other", "zero"]),
    ("fa", &["one", "other", "zero"]),
    ("he", &["one", "other", "two", "zero"]),
    ("ur", &["one", "other", "zero"]),
];

/// Counts at which some language changes its form.
const COUNTS: [u64; 11] = [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103];

fn plain(language: &str) -> Locale {
    Locale::new(language, Numerals::Latn, Months::Gregorian, SecondCalendar::None)
}

#[test]
fn rule_67_ui_texts_are_complete() {
    let english = built_in("en");
    let english_forms: BTreeMap<&str, Vec<&str>> = english.keys().collect();
    for (language, categories) in LANGUAGES {
        let ui = built_in(language);
        let forms: BTreeMap<&str, Vec<&str>> = ui.keys().collect();
        let missing: Vec<_> =
            english_forms.keys().filter(|key| !forms.contains_key(*key)).collect();
        let unknown: Vec<_> =
            forms.keys().filter(|key| !english_forms.contains_key(*key)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{language}: {missing:?} {unknown:?}");
        for (key, forms) in &forms {
            let counts = !english_forms[key].is_empty();
            assert_eq!(!forms.is_empty(), counts, "{language} {key} counts in one language only");
            assert!(!counts || forms.as_slice() == categories, "{language} {key} has {forms:?}");
            let text = ui.text(key);
            assert!(!text.trim().is_empty(), "{language} {key} is empty");
            assert_eq!(
                placeholders(text),
                placeholders(english.text(key)),
                "placeholders of {language} {key}"
            );
        }
    }
}

#[test]
fn ui_texts_are_in_the_letters_of_their_language() {
    let arabic = |c: char| ('\u{621}'..='\u{64A}').contains(&c) && c != '\u{640}';
    // Yeh and kaf have other letters in Persian and Urdu; Urdu has its own heh as well.
    let eastern = |c: char| {
        arabic(c) && !"\u{64A}\u{649}\u{643}\u{629}".contains(c)
            || "\u{6CC}\u{6A9}\u{67E}\u{686}\u{698}\u{6AF}\u{6C0}".contains(c)
    };
    let urdu = |c: char| {
        eastern(c) && c != '\u{647}' && c != '\u{6C0}'
            || "\u{679}\u{688}\u{691}\u{6BA}\u{6BE}\u{6C1}\u{6C2}\u{6D2}\u{6D3}\u{6C3}".contains(c)
    };
    let hebrew = |c: char| ('\u{5D0}'..='\u{5EA}').contains(&c);
    for (language, _) in LANGUAGES.iter().filter(|(language, _)| *language != "en") {
        let ui = built_in(language);
        for (key, text) in every_form(&ui) {
            let shown = text.split(['{', '}']).step_by(2).collect::<String>();
            let is_wrong = |c: &char| {
                let is_mark = ('\u{64B}'..='\u{655}').contains(c) || "\u{640}\u{670}".contains(*c);
                (c.is_alphabetic() && !is_mark)
                    && !match *language {
                        "ar" => arabic(*c),
                        "fa" => eastern(*c),
                        "ur" => urdu(*c),
                        _ => hebrew(*c),
                    }
            };
            let wrong: Vec<char> = shown.chars().filter(is_wrong).collect();
            assert!(wrong.is_empty(), "{language} {key}: {wrong:?} in {text}");
        }
    }
}

/// Every text with its key; of a count, every form that some number takes.
fn every_form(ui: &Ui) -> Vec<(String, String)> {
    let shown = serde_json::to_value(ui).unwrap();
    let mut found = Vec::new();
    let mut waiting = vec![(String::new(), &shown)];
    while let Some((path, value)) = waiting.pop() {
        match value {
            serde_json::Value::Object(map) => {
                waiting.extend(map.iter().map(|(key, value)| (format!("{path}.{key}"), value)));
            }
            value => found.push((path, value.as_str().unwrap().to_owned())),
        }
    }
    found
}

#[test]
fn rule_63_every_count_is_written_in_its_form() {
    for (language, categories) in LANGUAGES {
        let (ui, locale) = (built_in(language), plain(language));
        let of_cldr: BTreeSet<&str> = (0..2000).map(|n| locale.plural(n)).collect();
        let known: BTreeSet<&str> = categories.iter().copied().collect();
        assert!(of_cldr.is_subset(&known), "{language}: {of_cldr:?}");
        let counted = ui.keys().filter(|(_, forms)| !forms.is_empty()).map(|(key, _)| key);
        for key in counted.map(str::to_owned).collect::<Vec<_>>() {
            let mut seen = BTreeSet::new();
            for n in COUNTS {
                let text = ui.count(&key, n, &locale);
                assert!(!text.contains(['{', '}']) && text != key, "{language} {key} {n}: {text}");
                // Small numbers may be words; what is a number must be the right one, and stand there once.
                let digits: Vec<&str> =
                    text.split(|c: char| !c.is_numeric()).filter(|it| !it.is_empty()).collect();
                let number = n.to_string();
                assert!(
                    digits == [number.as_str()] || (n <= 2 && digits.is_empty()),
                    "{language} {key} {n}: {text}"
                );
                seen.insert(text);
            }
            assert_eq!(seen.len(), COUNTS.len(), "{language} {key} says the same of two numbers");
        }
    }
}

#[test]
fn rule_61_numerals_are_never_mixed() {
    for (language, _) in LANGUAGES {
        let ui = built_in(language);
        for (numerals, zero) in
            [(Numerals::Latn, '0'), (Numerals::Arab, '\u{660}'), (Numerals::Arabext, '\u{6F0}')]
        {
            for second in [SecondCalendar::Umalqura, SecondCalendar::Persian] {
                let locale = Locale::new(language, numerals, Months::Dual, second);
                let at = jiff::civil::datetime(2023, 9, 13, 9, 40, 0, 0);
                let mut texts = vec![
                    locale.date(at.date()),
                    locale.day_month_year(at.date()),
                    locale.day_month(at.date()),
                    locale.month_year(2023, 9),
                    locale.year(2023),
                    locale.date_time(at),
                    locale.second_date(at.date()).unwrap(),
                    locale.number(1_234_567),
                ];
                texts.extend(COUNTS.map(|n| ui.count("count.articles", n, &locale)));
                let last = char::from_u32(u32::from(zero) + 9).unwrap();
                for text in texts {
                    let foreign = |c: &char| c.is_numeric() && !(zero..=last).contains(c);
                    assert_eq!(text.chars().find(foreign), None, "{language} {numerals:?}: {text}");
                    assert!(!text.contains(['\u{200E}', '\u{200F}', '\u{61C}']), "{text:?}");
                }
            }
        }
    }
}

#[test]
fn a_language_and_its_country_choose_digits_and_months() {
    assert_eq!(["ar", "fa", "fa-AF", "ur", "he", "en"].map(Numerals::usual), {
        use Numerals::{Arabext, Latn};
        [Latn, Arabext, Arabext, Latn, Latn, Latn]
    });
    assert_eq!(["ar", "ar-SA", "ar-LB", "ar-MA", "ar-TN", "fa-IR"].map(Months::usual), {
        use Months::{Gregorian, Levant, Maghreb};
        [Gregorian, Gregorian, Levant, Maghreb, Maghreb, Gregorian]
    });
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_kind_has_a_label() {
    use brief::model::{article::Kind, registry::EntityKind};
    for ui in LANGUAGES.map(|(language, _)| built_in(language)) {
        let known: BTreeSet<&str> = ui.keys().map(|(key, _)| key).collect();
        let kinds =
            Kind::ALL.iter().flat_map(|(key, _)| [format!("kind.{key}"), format!("kinds.{key}")]);
        let entities = EntityKind::ALL
            .iter()
            .flat_map(|(key, _)| [format!("entity_kind.{key}"), format!("entity_kinds.{key}")]);
        for key in kinds.chain(entities) {
            assert!(known.contains(key.as_str()), "no text {key}");
        }
    }
}

#[test]
fn ui_texts_can_be_overridden_one_by_one() {
    let yaml = "nav:\n  home: Front\ncount:\n  articles:\n    one: A single article\n";
    let (own, diagnostics) = ui::read("templates/ui/en.yaml", yaml);
    assert_eq!(diagnostics, []);
    let english = built_in("en");
    let before = english.digest();
    let ui = english.overlay(own);
    assert_ne!(ui.digest(), before);
    let locale = Locale::new("en", Numerals::Latn, Months::Gregorian, SecondCalendar::None);
    assert_eq!(ui.text("nav.home"), "Front");
    assert_eq!(ui.text("nav.topics"), "Topics");
    assert_eq!(ui.count("count.articles", 1, &locale), "A single article");
    assert_eq!(ui.count("count.articles", 12_000, &locale), "12,000 articles");
    assert_eq!(ui.text("nav.nothing"), "nav.nothing");
    assert_eq!(ui.with("chart.month", &[("month", "{count}"), ("count", "7")]), "{count}: 7");
    let shown = serde_json::to_value(&ui).unwrap();
    assert_eq!(shown["nav"]["home"], "Front");
    assert_eq!(shown["entity_kinds"]["other"], "Other names");
    assert_eq!(shown["count"]["articles"]["one"], "A single article");
}

#[test]
fn faults_of_ui_texts_have_a_place() {
    let place = |yaml: &str| {
        let (_, diagnostics) = ui::read("templates/ui/ar.yaml", yaml);
        diagnostics.iter().map(|it| (it.place.line, it.message.clone())).collect::<Vec<_>>()
    };
    assert_eq!(
        place("skip: a\nnav:\n  home: [a, b]\n"),
        [(3, "`nav.home` is not text".to_owned())]
    );
    assert_eq!(place("- a\n").len(), 1);
    let broken = place("skip: a\nnav: \"b\n");
    assert!(broken.len() == 1 && broken[0].0 >= 2, "{broken:?}");
    assert_eq!(place(""), []);
}

#[test]
fn locales_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Locale>();
    shared::<Ui>();
}

/// Letters, marks, spaces and traps of the scripts that news is written in.
fn text() -> impl Strategy<Value = String> {
    let arabic = "[\u{600}-\u{6FF}]{0,12}";
    let traps = "[ .،؟!…«»()\"\\n\u{64B}-\u{652}\u{640}\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FB50}-\u{FBFF}\u{FE70}-\u{FEFF}]{0,6}";
    let latin = "[A-Za-z0-9İßΣéﬁ\u{301}\u{327}.-]{0,8}";
    prop::collection::vec(prop_oneof![arabic, traps, latin, Just(" ".to_owned()), ".{0,3}"], 0..24)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn slugs_are_safe(text in text()) {
        let slug = slug::slug(&text);
        prop_assert!(slug.len() <= slug::MAX_BYTES);
        prop_assert!(is_nfc(&slug), "{slug:?}");
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        let unsafe_in_urls = ['/', '\\', '.', ' ', '\0', '\u{640}', '\u{200F}'];
        prop_assert!(!slug.contains(unsafe_in_urls), "{slug:?}");
        prop_assert_eq!(slug::slug(&slug), slug.clone());
        prop_assert_eq!(fold::key(&fold::key(&text)), fold::key(&text));
        prop_assert_eq!(fold::route_key(&fold::route_key(&text)), fold::route_key(&text));
    }

    #[test]
    fn cuts_are_short_and_paired(text in text(), max in 0_usize..60) {
        let cut = words::cut(&text, max);
        prop_assert!(cut.chars().count() <= max, "{cut:?}");
        let folded = words::fold_space(&text);
        if cut != folded {
            let opened = cut.matches('«').count();
            prop_assert!(cut.matches('»').count() >= opened, "{cut:?}");
            let isolates = cut.matches(|c| matches!(c, '\u{2066}'..='\u{2068}')).count();
            prop_assert!(cut.matches('\u{2069}').count() >= isolates, "{cut:?}");
        }
    }

    #[test]
    fn sentences_keep_the_name(text in text(), a in 0_usize..200, b in 0_usize..200, max in 0_usize..80) {
        let (start, end) = (a.min(b), a.max(b));
        let (before, name, after) = words::sentence_around(&text, start, end, max);
        let length = |text: &str| text.chars().count();
        prop_assert!(length(&before) + length(&name) + length(&after) <= max.max(length(&name)));
        if let Some(written) = text.get(start..end) {
            let spanning = |c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            prop_assert_eq!(name, words::fold_space(written).replace(spanning, ""));
        }
    }

    #[test]
    fn orders_are_total(names in prop::collection::vec(text(), 3)) {
        let locale = Locale::new("ar", Numerals::Latn, Months::Gregorian, SecondCalendar::None);
        let [a, b, c] = &names[..] else { unreachable!() };
        prop_assert_eq!(locale.compare(a, b), locale.compare(b, a).reverse());
        prop_assert_eq!(locale.compare(a, b), locale.sort_key(a).cmp(&locale.sort_key(b)));
        if locale.compare(a, b).is_le() && locale.compare(b, c).is_le() {
            prop_assert!(locale.compare(a, c).is_le());
        }
    }
}
