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
fn outcome(section: &str, input: &str) -> String {
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
        _ => localised(name, &locale_of(options), input),
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

fn localised(name: &str, locale: &Locale, input: &str) -> String {
    let date = || input.parse::<Date>().unwrap();
    match name {
        "date" => locale.date(date()),
        "day_month_year" => locale.day_month_year(date()),
        "day_month" => locale.day_month(date()),
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
        key => built_in(&locale_name(locale)).count(key, input.parse().unwrap(), locale),
    }
}

/// Arabic has a category `zero`.
fn locale_name(locale: &Locale) -> String {
    if locale.plural(0) == "zero" { "ar".to_owned() } else { "en".to_owned() }
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

#[test]
fn ui_texts_are_complete() {
    let (arabic, english) = (built_in("ar"), built_in("en"));
    let forms = |ui: &Ui| -> BTreeMap<String, Vec<String>> {
        let owned = |forms: Vec<&str>| forms.into_iter().map(str::to_owned).collect();
        ui.keys().map(|(key, forms)| (key.to_owned(), owned(forms))).collect()
    };
    let (arabic_forms, english_forms) = (forms(&arabic), forms(&english));
    let keys =
        |forms: &BTreeMap<String, Vec<String>>| forms.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&arabic_forms), keys(&english_forms));
    for (key, forms) in &arabic_forms {
        let wanted = ["few", "many", "one", "other", "two", "zero"];
        assert!(forms.is_empty() || *forms == wanted, "Arabic {key} has {forms:?}");
        let english = &english_forms[key];
        assert_eq!(forms.is_empty(), english.is_empty(), "{key} counts in one language only");
        let has = |form: &str| english.iter().any(|it| it == form);
        assert!(
            english.is_empty() || (has("one") && has("other")),
            "English {key} has {english:?}"
        );
    }
    for key in arabic_forms.keys() {
        assert!(
            !arabic.text(key).trim().is_empty() && !english.text(key).trim().is_empty(),
            "{key} is empty"
        );
        assert_eq!(
            placeholders(arabic.text(key)),
            placeholders(english.text(key)),
            "placeholders of {key}"
        );
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_kind_has_a_label() {
    use brief::model::{article::Kind, registry::EntityKind};
    for ui in [built_in("ar"), built_in("en")] {
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
