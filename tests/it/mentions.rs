//! Runs the cases of `tests/specs/mentions.md`, and proves that no spelling of a text hides its names.
//!
//! A case is a line of Markdown in which each expected mention stands in braces; the spec says the rest.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use brief::{
    diag::Place,
    link::matcher::{Context, Hit, Matcher, Openings, word_keys},
    model::{
        article::{Body, TextRun},
        config::HtmlPolicy,
        registry::{Entity, EntityKind, Matching},
        source::Written,
    },
    parse,
    text::letters::{Word, codes, letters},
};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::site::Site;

const NOW: &str = "2024-01-01T00:00:00Z";

/// Characters that nobody would see in the spec.
const HIDDEN: [(&str, &str); 6] = [
    ("⟦n⟧", "\n"),
    ("⟦NBSP⟧", "\u{A0}"),
    ("⟦RLM⟧", "\u{200F}"),
    ("⟦ZWNJ⟧", "\u{200C}"),
    ("⟦hamza⟧", "\u{654}"),
    ("⟦tilde⟧", "\u{303}"),
];

#[test]
fn spec() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/specs/mentions.md");
    let spec = fs::read_to_string(path).unwrap();
    let mut n_cases = 0;
    let mut differing = String::new();
    for section in spec.split("\n## ").skip(1) {
        let lines = || section.lines().skip(1);
        let entities: Vec<Entity> =
            lines().filter_map(|line| line.strip_prefix("- ")).map(entity).collect();
        let matcher = Matcher::new(&entities);
        let names = (&matcher, Openings::of(&matcher));
        for case in lines().filter_map(|line| line.strip_prefix("* ")) {
            let found = found(case, &entities, &names);
            if found != case {
                differing.push_str(&format!("expected: {case}\nfound:    {found}\n\n"));
            }
            n_cases += 1;
        }
    }
    assert!(differing.is_empty(), "\n{differing}");
    assert!(n_cases >= 250, "the spec lost cases: there are {n_cases}");
}

/// `id | kind | name | aliases | match`
fn entity(line: &str) -> Entity {
    let mut parts = line.split('|').map(str::trim);
    let mut next = || parts.next().unwrap_or_default();
    let (id, kind, name, aliases, matching) = (next(), next(), next(), next(), next());
    let kind = EntityKind::ALL.iter().find(|(key, _)| *key == kind).map(|(_, kind)| *kind);
    Entity {
        id: id.to_owned(),
        matching: match matching {
            "exact" => Matching::Exact,
            "never" => Matching::Never,
            _ => Matching::Auto,
        },
        ..named(name, aliases.split('،').flat_map(|it| it.split(',')), kind)
    }
}

fn named<'a>(
    name: &str,
    aliases: impl Iterator<Item = &'a str>,
    kind: Option<EntityKind>,
) -> Entity {
    let aliases = aliases.map(str::trim).filter(|it| !it.is_empty());
    let written = |text: &str| Written { text: text.to_owned(), place: Place::FILE };
    Entity {
        source: String::new(),
        id: String::new(),
        name: name.to_owned(),
        kind,
        aliases: aliases.map(written).collect(),
        names: BTreeMap::new(),
        role: None,
        wikidata: None,
        same_as: Vec::new(),
        facts: Vec::new(),
        image: None,
        matching: Matching::Auto,
        redirect_from: Vec::new(),
        body: Body::default(),
        extra: BTreeMap::new(),
        digest: brief::model::Digest::default(),
    }
}

/// A case with braces around what is found: the same whether all names are prepared or only those that may stand in it.
fn found(case: &str, entities: &[Entity], (matcher, openings): &(&Matcher, Openings)) -> String {
    let (mut options, mut text) = (BTreeMap::new(), case);
    while let Some((option, rest)) = text.strip_prefix('[').and_then(|it| it.split_once("] ")) {
        let Some((key, value)) = option.split_once(": ") else { break };
        options.insert(key, value);
        text = rest;
    }
    let prefix = &case[..case.len() - text.len()];
    let plain = without_braces(text);
    let body = HIDDEN.iter().fold(plain, |text, (name, c)| text.replace(name, c));
    let of = |key: &str| -> Vec<u32> {
        let ids = options.get(key).into_iter().flat_map(|ids| ids.split(", "));
        let position = |id: &str| entities.iter().position(|it| it.id == id).unwrap();
        ids.map(|id| u32::try_from(position(id)).unwrap()).collect()
    };
    let (declared, excluded) = (of("about"), of("not"));
    let context = Context {
        language: options.get("lang").copied().unwrap_or("ar"),
        declared: &declared,
        excluded: &excluded,
        own: None,
        short_forms: options.get("short") != Some(&"off"),
    };
    let runs = parse::scan(&body, HtmlPolicy::Safe).runs;
    let hits = matcher.read(&body, &runs, &context).hits;
    let met: Vec<u32> = openings.met_by(&word_keys(&body, &runs, context.language)).collect();
    let entity = |at: u32| entities.get(at as usize);
    let n_entities = u32::try_from(entities.len()).unwrap();
    let is_met = |position| met.contains(&position);
    let few = Matcher::among((n_entities, &entity), [].into_iter(), is_met);
    assert_eq!(few.read(&body, &runs, &context).hits, hits, "{case}: with {met:?} alone");
    let shown = with_braces(&body, &hits, entities);
    let hide = |text: String, (name, c): &(&str, &str)| text.replace(c, name);
    // A joiner is seen by those who write Persian.
    let hidden = HIDDEN.iter().filter(|(name, _)| *name != "⟦ZWNJ⟧" || case.contains(name));
    format!("{prefix}{}", hidden.fold(shown, hide))
}

fn without_braces(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('{') {
        let (mention, after) = inside.split_once('}').unwrap();
        plain.push_str(before);
        plain.push_str(mention.split_once(':').unwrap().1);
        rest = after;
    }
    plain + rest
}

fn with_braces(text: &str, hits: &[Hit], entities: &[Entity]) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for hit in hits {
        let id = &entities[hit.bearers[0] as usize].id;
        shown.push_str(&text[at..hit.start]);
        shown.push_str(&format!("{{{id}:{}}}", &text[hit.start..hit.end]));
        at = hit.end;
    }
    shown + &text[at..]
}

/// Names of the scripts that news is written in, some of them hard.
const NAMES: [&str; 12] = [
    "\u{645}\u{648}\u{633}\u{643}\u{648}",
    "\u{627}\u{644}\u{623}\u{631}\u{62F}\u{646}",
    "\u{643}\u{64A}\u{645} \u{62C}\u{648}\u{646}\u{63A} \u{623}\u{648}\u{646}",
    "\u{643}\u{64A}\u{645}",
    "\u{625}\u{64A}\u{631}\u{627}\u{646}",
    "\u{622}\u{62F}\u{645} \u{633}\u{645}\u{64A}\u{62B}",
    "\u{641}\u{624}\u{627}\u{62F} \u{631}\u{627}\u{626}\u{641}",
    "\u{639}\u{644}\u{64A}",
    "\u{5D9}\u{5E9}\u{5E8}\u{5D0}\u{5DC}",
    "S\u{E3}o Paulo",
    "WHO",
    "\u{62A}\u{647}\u{631}\u{627}\u{646}",
];

/// Particles, names, words and marks in a row.
fn article() -> impl Strategy<Value = String> {
    let name = prop::sample::select(&NAMES[..]).prop_map(str::to_owned);
    let glued = prop::sample::select(
        &[
            "",
            "",
            "",
            "\u{648}",
            "\u{628}",
            "\u{644}",
            "\u{648}\u{644}",
            "\u{641}\u{628}",
            "\u{5D1}",
        ][..],
    );
    let word = "[\u{627}-\u{64A}]{1,6}";
    let mark = prop::sample::select(
        &[" ", " ", " ", "\u{60C} ", ". ", "\n", "-", " \u{AB}", "\u{BB} "][..],
    );
    let part = prop_oneof![3 => (glued, name).prop_map(|(a, b)| format!("{a}{b}")), 2 => word];
    prop::collection::vec((part, mark).prop_map(|(a, b)| format!("{a}{b}")), 0..24)
        .prop_map(|parts| parts.concat())
}

fn matcher() -> Matcher {
    let entities: Vec<Entity> =
        NAMES.iter().map(|name| named(name, [].into_iter(), Some(EntityKind::Person))).collect();
    Matcher::new(&entities)
}

/// Whose names are found, in order, and what they are called there, composed and without marks that may be left out.
fn mentions(matcher: &Matcher, text: &str) -> Vec<(Vec<u32>, String)> {
    let end = u32::try_from(text.len()).unwrap();
    let runs = [TextRun { start: 0, end, block: 0 }];
    let hits = matcher.find(text, &runs).into_iter();
    hits.map(|hit| {
        let plain: String = text[hit.start..hit.end].nfc().filter(|c| !is_left_out(*c)).collect();
        (hit.bearers, plain)
    })
    .collect()
}

fn is_left_out(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64B}'..='\u{652}')
}

proptest! {
    #[test]
    fn words_of_any_text_are_found_without_a_panic(text in ".{0,40}|[\u{5B0}-\u{6FF}\u{200B}-\u{200F}\u{FB50}-\u{FDFF} \"']{0,40}") {
        let mut at = 0;
        while let Some(word) = Word::next(&text, at, text.len()) {
            prop_assert!(at <= word.start && word.start < word.end);
            let written = text.get(word.start..word.end);
            prop_assert!(written.is_some(), "{word:?} cuts a character of {text:?}");
            let written = written.unwrap();
            prop_assert_eq!(codes(written).count(), word.len);
            prop_assert!(codes(written).all(|(_, at)| written.is_char_boundary(at)));
            prop_assert!(!letters(written).is_empty() || word.len == 0);
            at = word.end;
        }
    }

    #[test]
    fn names_in_any_text_are_found_without_a_panic(text in "[\u{5D0}-\u{5EA}\u{627}-\u{670}\u{200C} WHOSão-]{0,60}|.{0,60}") {
        mentions(&matcher(), &text);
    }

    #[test]
    fn a_mention_stands_on_the_bounds_of_words(text in article()) {
        let end = u32::try_from(text.len()).unwrap();
        let mut last = 0;
        for hit in matcher().find(&text, &[TextRun { start: 0, end, block: 0 }]) {
            prop_assert!(last <= hit.word && hit.word <= hit.start && hit.start < hit.end);
            prop_assert!(text.is_char_boundary(hit.start) && text.is_char_boundary(hit.end));
            prop_assert!(!text[..hit.word].ends_with(char::is_alphanumeric));
            prop_assert!(!text[hit.end..].starts_with(char::is_alphanumeric));
            last = hit.end;
        }
    }

    #[test]
    fn composition_changes_nothing(text in article()) {
        let matcher = matcher();
        let (composed, apart) = (text.nfc().collect::<String>(), text.nfd().collect::<String>());
        prop_assert_eq!(mentions(&matcher, &composed), mentions(&matcher, &apart));
    }

    #[test]
    fn harakat_and_tatweel_anywhere_change_nothing(
        text in article(),
        marks in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&['\u{640}', '\u{64B}', '\u{64E}', '\u{650}', '\u{651}', '\u{652}'][..])), 0..40),
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, mark) in marks {
            chars.insert(at.index(chars.len() + 1), mark);
        }
        let marked: String = chars.into_iter().collect();
        let matcher = matcher();
        prop_assert_eq!(mentions(&matcher, &text), mentions(&matcher, &marked));
        let apart: String = marked.nfd().collect();
        prop_assert_eq!(mentions(&matcher, &text), mentions(&matcher, &apart));
    }
}

/// Names of a site: Moscow, and Shoigu as one spelling of his name.
fn site() -> Site {
    Site::new()
        .content("entities/moscow.md", "name: Moscow\nkind: place", "")
        .content("entities/shoigu.md", "name: Sergei Shoigu\nkind: person", "")
        .article("a.md", "title: One\ndate: 2023-09-12", "He saw Moscow.")
        .article("b.md", "title: Two\ndate: 2023-09-13", "He met Sergey Shoygu there.")
        .article("c.md", "title: Three\ndate: 2023-08-11", "Nobody is named here.")
}

#[test]
fn a_new_alias_makes_again_what_shows_it_and_nothing_else() {
    let site = site();
    site.build().published();
    let before = site.tree();
    let front = "name: Sergei Shoigu\nkind: person\naliases: [Sergey Shoygu]";
    let site = site.content("entities/shoigu.md", front, "");
    let built = site.build();
    let report = built.published();
    let written: BTreeSet<String> =
        report.created.iter().chain(&report.replaced).map(ToString::to_string).collect();
    // What two builds from nothing differ in, and no file more.
    let after = self::site().content("entities/shoigu.md", front, "").tree_when_built();
    let differ: BTreeSet<String> = after
        .iter()
        .filter(|(file, bytes)| before.get(*file) != Some(*bytes))
        .map(|(file, _)| file.clone())
        .collect();
    assert_eq!(written, differ);
    assert!(written.contains("2023/09/13/b.html"), "{written:?}");
    assert!(written.contains("entities/shoigu/index.html"), "{written:?}");
}

/// A change of one file of a site that was built before, and how many texts the next build reads.
fn texts_read(site: Site, path: &str, front: &str) -> (Site, u64) {
    let site = site.content(path, front, "");
    let path = format!("content/{path}");
    let build = ["build", "--now", NOW, "--timings", "--format", "json", "--changed", &path];
    let printed = site.cli(&build).stdout;
    let report: serde_json::Value = serde_json::from_str(printed.trim()).unwrap();
    let phases = report["timings"]["phases"].as_array().unwrap();
    let parse = phases.iter().find(|phase| phase["phase"] == "parse").unwrap();
    (site, parse["items"].as_u64().unwrap())
}

#[test]
fn a_changed_name_reads_the_texts_in_which_it_may_stand_and_no_others() {
    let person = "name: Sergei Shoigu\nkind: person\naliases: [Minister";
    let mut site = site()
        .content("entities/shoigu.md", &format!("{person}]"), "")
        .content("topics/water.md", "name: Water", "")
        .article(
            "d.md",
            "title: Four\ndate: 2023-09-14\ntopics: [Water]\nentities: [Minister]",
            "And [[Moscow]] again.",
        );
    for number in 0..40 {
        let front = format!("title: No {number}\ndate: 2023-07-{:02}", number % 28 + 1);
        site = site.article(&format!("no-{number}.md"), &front, "The weather stays as it was.");
    }
    site.cli(&["build", "--now", NOW]);
    let front = format!("{person}]\nrole: Politician");
    let (site, fewest) = texts_read(site, "entities/shoigu.md", &front);

    let (site, read) = texts_read(site, "entities/shoigu.md", &format!("{person}, Sergey Shoygu]"));
    assert_eq!(read, fewest + 1, "a spelling that one text holds");
    let front = "name: Muscovy\nkind: place\naliases: [Moscow]";
    let (site, read) = texts_read(site, "entities/moscow.md", front);
    assert_eq!(read, fewest + 1, "a name that no text holds, and of which one shows what it is");
    let front = "name: Waters\naliases: [Water]";
    let (site, read) = texts_read(site, "topics/water.md", front);
    assert_eq!(read, fewest + 1, "a topic with one article");
    let front = "name: Sergei Shoigu\nkind: person";
    let (site, read) = texts_read(site, "entities/shoigu.md", front);
    assert!(read > fewest + 40, "what is named without a file now may be named anywhere");

    let site = site.now(NOW).cold(true).out("anew");
    site.build().published();
    assert!(site.tree() == site.tree_of("anew"), "what was read is not all that changed");
}

#[test]
fn who_turns_out_to_be_a_person_has_a_family_name() {
    let site = site().setting("mentions: {link: all}").article(
        "d.md",
        "title: Four\ndate: 2023-09-14",
        "So said Sergei Shoigu.\n\nThen Shoigu went.",
    );
    let site = site.content("entities/shoigu.md", "name: Sergei Shoigu\nkind: organization", "");
    let links = |site: &Site| site.build().page("/2023/09/14/d.html").matches("/shoigu/\"").count();
    let before = links(&site);
    let site = site.content("entities/shoigu.md", "name: Sergei Shoigu\nkind: person", "");
    let site = site.changed(Some(vec!["content/entities/shoigu.md".to_owned()]));
    assert_eq!(links(&site), before + 1);
}

#[test]
fn two_entities_become_one_by_one_line() {
    let site = site().remove("content/entities/moscow.md").content(
        "entities/msk.md",
        "name: Moscow\nkind: place\nredirect_from: [moscow]",
        "",
    );
    let built = site.build();
    assert!(built.page("/entities/moscow/").contains("/entities/msk/"));
    assert!(built.page("/2023/09/12/a.html").contains("/entities/msk/"));
}

#[test]
fn what_was_not_taken_for_a_name_is_told_once() {
    let site = site()
        .content("entities/moon.md", "name: Moon Valley\nkind: place\nmatch: exact", "")
        .article("d.md", "title: Four\ndate: 2023-09-14", "Moon Valley, and again Moon Valley.")
        .article("e.md", "title: Five\ndate: 2023-09-15", "In Moon Valley.");
    let now = "2024-01-01T00:00:00Z";
    let arguments = ["build", "--now", now, "--explain-mentions"];
    let plain = site.cli(&arguments).stdout;
    assert_eq!(plain.matches("skipped \u{ab}Moon Valley\u{bb} 3 times").count(), 1, "{plain}");
    assert!(plain.contains("content/articles/d.md:5:1"), "{plain}");
    let json = site.cli(&[&arguments[..], &["--format", "json"]].concat()).stdout;
    let report: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    let skipped = &report["mentions"]["skipped"][0];
    assert_eq!(skipped["why"], "exact");
    assert_eq!(skipped["entities"][0], "moon");
    assert_eq!((&skipped["count"], &skipped["line"]), (&3.into(), &5.into()));
}

#[test]
fn spellings_that_nobody_registered_are_suggested() {
    // Shoigu with jeem for ghain, and Kim with yeh for jeem.
    let shoigu = "\u{634}\u{648}\u{64A}\u{63A}\u{648}";
    let variant = "\u{634}\u{648}\u{64A}\u{62C}\u{648}";
    let kim = |jong: &str| {
        format!("\u{643}\u{64A}\u{645} {jong}\u{648}\u{646}\u{63A} \u{623}\u{648}\u{646}")
    };
    let (jong, yong) = (kim("\u{62C}"), kim("\u{64A}"));
    let site = Site::new()
        .content("entities/shoigu.md", &format!("name: {shoigu}\nkind: person"), "")
        .content("entities/kim.md", &format!("name: {jong}\nkind: person"), "")
        .article("a.md", "title: One\ndate: 2023-09-12", &format!("{variant} {yong}."));
    let now = "2024-01-01T00:00:00Z";
    let json = site.cli(&["build", "--now", now, "--explain-mentions", "--format", "json"]).stdout;
    let report: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    let suggested = report["mentions"]["suggested"].as_array().unwrap();
    let pairs: Vec<_> = suggested
        .iter()
        .map(|it| (it["entity"].as_str().unwrap(), it["spelling"].as_str().unwrap()))
        .collect();
    assert_eq!(pairs.len(), 2, "{pairs:?}");
    assert!(pairs.contains(&("shoigu", variant)) && pairs.contains(&("kim", &yong)), "{pairs:?}");
    let built = site.build();
    assert!(!built.page("/2023/09/12/a.html").contains("class=\"mention\""));
}

/// The links to Moscow in each block of an article, by the names that were written there; of `how` are links that brief made.
fn links_made(link: &str, body: &str) -> Vec<usize> {
    let site = Site::new()
        .setting(&format!("mentions: {{link: {link}}}"))
        .content("entities/moscow.md", "name: Moscow\nkind: place", "")
        .article("a.md", "title: One\ndate: 2023-09-12", body);
    let page = site.build().page("/2023/09/12/a.html").to_owned();
    let blocks = page.split("<p>%%</p>").skip(1);
    blocks.map(|block| block.matches("class=\"mention\"").count()).collect()
}

#[test]
fn a_block_that_links_an_entity_itself_gets_no_second_link_to_it() {
    let blocks = [
        "Moscow and [[moscow]].",
        "[The city](../entities/moscow.md) is Moscow.",
        "Moscow, and again Moscow.",
        "- Moscow\n- Moscow, and [[moscow]]\n- again Moscow",
        "## Moscow\n\nMoscow.",
    ];
    let body = blocks.map(|block| format!("%%\n\n{block}\n\n")).concat();
    assert_eq!(links_made("all", &body), [0, 0, 1, 2, 1]);
    // Who links it himself has linked it first.
    assert_eq!(links_made("first", &body), [0, 0, 0, 0, 0]);
    assert_eq!(links_made("section", &body), [0, 0, 0, 0, 1]);
    let body = blocks[2..].iter().map(|block| format!("%%\n\n{block}\n\n"));
    assert_eq!(links_made("first", &body.collect::<String>()), [1, 0, 0]);
}
