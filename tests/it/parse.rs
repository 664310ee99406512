//! Runs the cases of `tests/specs/front-matter.md`, `settings.md` and `body.md`, and proves that no input panics.
//!
//! A case is a heading, a fence with a file, and a fence with what must come of it. In the file `⟦RLM⟧`, `⟦NBSP⟧` and
//! their like stand for characters that nobody would see. `UPDATE_SPECS=1 cargo test parse` writes what comes of each
//! file into the specs; read the difference before it is committed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{fmt::Write, fs, path::PathBuf};

use brief::{
    diag::{Diagnostic, Place},
    model::{
        article::{Article, BodyScan, Image, Kind, Moment},
        config::Config,
        source::{SourceFile, SourceKind, Written},
    },
    parse,
};
use proptest::prelude::*;

const SETTINGS: &str =
    "title: T\nbase_url: https://example.org/\nlanguage: ar\ntimezone: Asia/Riyadh\n";

#[test]
fn front_matter() {
    run("front-matter.md");
}

#[test]
fn settings() {
    run("settings.md");
}

#[test]
fn bodies() {
    run("body.md");
}

/// What is spliced into files to break them: YAML's and Markdown's own marks, and characters that nobody sees.
const SPLICES: [&str; 32] = [
    "---\n", ": ", " #", "\"", "'", "[", "]", "{", "}", "- ", "\n", "\r\n", "\t", "|", ">", "&a ",
    "*a", "!t ", "%", "\u{200F}", "\u{A0}", "\u{FEFF}", "\u{1A}", "\0", "\\", "\u{60C}", "title:",
    "date: ", "<a href=", "](", "`", "  ",
];

/// The files of all specs, with their sorts.
fn inputs() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/specs");
    let mut inputs = Vec::new();
    for name in ["front-matter.md", "settings.md", "body.md"] {
        let spec = fs::read_to_string(folder.join(name)).unwrap();
        for part in spec.split("\n````").skip(1) {
            let Some((info, content)) = part.split_once('\n') else { continue };
            if !info.is_empty() && info != "expect" {
                inputs.push((info.to_owned(), reveal(content)));
            }
        }
    }
    inputs
}

/// The char boundary of `text` at or before `offset`, which counts around the end.
fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[test]
fn what_would_not_end_is_an_error() {
    let deep = format!("title: T\ndate: 2023-09-12\nextra: {}", "[".repeat(50_000));
    let mut bomb = "title: T\ndate: 2023-09-12\nextra:\n  a: &a [x]\n".to_owned();
    for pair in ('a'..='l').collect::<Vec<_>>().windows(2) {
        let repeated = vec![format!("*{}", pair[0]); 9].join(",");
        writeln!(bomb, "  {0}: &{0} [{repeated}]", pair[1]).unwrap();
    }
    let open = format!("title: T\n{}", "topics: [\"\n".repeat(2_000));
    for front in [deep, bomb, open] {
        let found = outcome("article", &format!("---\n{front}\n---\n"));
        assert!(found.contains("error yaml-syntax"), "{found}");
    }
    let links = outcome("body", &"[a](b)\n".repeat(20_000));
    assert!(links.contains("link: Link b@20004:5"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_files_never_panic(
        case in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<usize>(), 0..SPLICES.len() + 8, 0..12_usize), 1..6),
    ) {
        let inputs = inputs();
        let (info, mut text) = inputs[case.index(inputs.len())].clone();
        for (offset, splice, length) in edits {
            let start = boundary(&text, offset);
            let end = boundary(&text, (start + length).min(text.len()));
            text.replace_range(start.min(end)..end, SPLICES.get(splice).unwrap_or(&""));
        }
        let found = outcome(&info, &text);
        prop_assert!(!found.contains("no error says why"), "{info}\n{text}\n{found}");
    }

    #[test]
    fn any_text_is_a_file(text in "\\PC{0,80}", front in any::<bool>()) {
        let text = if front { format!("---\ntitle: {text}\ndate: 2023-09-12\n---\n{text}") } else { text };
        for info in ["article", "topic", "entity", "story", "edition name=2023-09-12", "page", "settings", "body"] {
            outcome(info, &text);
        }
    }

    #[test]
    fn a_headline_on_one_line_is_read_as_written(title in "[ -~\u{621}-\u{64A}«»،؛؟]{1,40}") {
        let title = title.trim();
        // What is meant as YAML: quotes around the whole, comments, tags, block marks, and nothing.
        let is_yaml = title.starts_with(['"', '\'', '|', '>']) || title.starts_with("!!") || title.starts_with("# ")
            || title.contains(" # ") || title.ends_with(" #")
            || ["#", "~", "null", "Null", "NULL", ""].contains(&title);
        if !is_yaml {
            let text = format!("---\ntitle: {title}\ndate: 2023-09-12\n---\n");
            let found = outcome("article", &text);
            let wanted = format!("title: {title}");
            prop_assert_eq!(found.lines().next(), Some(wanted.as_str()), "{}", found);
        }
    }

    #[test]
    fn nothing_of_cleaned_html_is_dropped(html in "[<>/a-c\"'= !-]{0,60}|(<(a|b|img|script|svg|p|x)( (href|src|onload|class)=(\"javascript:x\"|'/a'|x))*>|text|</(a|b|script|p)>){0,8}") {
        let clean = brief::text::sanitize::clean(&html);
        prop_assert_eq!(brief::text::sanitize::dropped(&clean), Vec::new(), "{}", clean);
        for attribute in ["href=\"javascript:", "src=\"javascript:", "onload=", "<script", "<svg"] {
            prop_assert!(!clean.contains(attribute), "{}", clean);
        }
    }
}

/// Runs every case of a spec and lists all that differ.
fn run(name: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/specs").join(name);
    let spec = fs::read_to_string(&path).unwrap();
    let mut updated = String::new();
    let mut differing = String::new();
    let (mut heading, mut actual) = (String::new(), String::new());
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        writeln!(updated, "{line}").unwrap();
        if let Some(text) = line.strip_prefix("## ") {
            text.clone_into(&mut heading);
        }
        let Some(info) = line.strip_prefix("````").filter(|info| !info.is_empty()) else {
            continue;
        };
        let content: String = lines
            .by_ref()
            .take_while(|line| *line != "````")
            .flat_map(|line| [line, "\n"])
            .collect();
        if info == "expect" {
            if content != actual {
                writeln!(differing, "## {heading}\nexpected:\n{content}found:\n{actual}").unwrap();
            }
            updated.push_str(&actual);
        } else {
            updated.push_str(&content);
            actual = outcome(info, &reveal(&content));
        }
        updated.push_str("````\n");
    }
    if std::env::var_os("UPDATE_SPECS").is_some() {
        fs::write(&path, updated).unwrap();
    } else {
        assert!(differing.is_empty(), "{name}:\n{differing}");
    }
}

/// Characters that nobody sees, as the specs write them.
const NAMES: [(&str, &str); 10] = [
    ("⟦RLM⟧", "\u{200F}"),
    ("⟦LRM⟧", "\u{200E}"),
    ("⟦NBSP⟧", "\u{A0}"),
    ("⟦ZWSP⟧", "\u{200B}"),
    ("⟦BOM⟧", "\u{FEFF}"),
    ("⟦RLE⟧", "\u{202B}"),
    ("⟦PDF⟧", "\u{202C}"),
    ("⟦TAB⟧", "\t"),
    ("⟦CR⟧", "\r"),
    ("⟦SUB⟧", "\u{1A}"),
];

/// Puts the characters in place of their names; `⟦SP⟧` is a space at the end of a line.
fn reveal(text: &str) -> String {
    NAMES.iter().fold(text.replace("⟦SP⟧", " "), |text, (name, character)| {
        text.replace(name, character)
    })
}

/// Puts the names in place of the characters.
fn conceal(text: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, (name, character)| text.replace(character, name))
}

/// What comes of a file. `info` is its sort and, after it, `zone=`, `html=` or `name=`.
fn outcome(info: &str, text: &str) -> String {
    let mut words = info.split(' ');
    let sort = words.next().unwrap_or_default();
    let option = |name: &str| {
        info.split(' ')
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
            .map(str::to_owned)
    };
    let mut settings = SETTINGS.to_owned();
    if let Some(zone) = option("zone") {
        settings = settings.replace("Asia/Riyadh", &zone);
    }
    if let Some(html) = option("html") {
        writeln!(settings, "html: {html}").unwrap();
    }
    let config = parse::config("brief.yaml", &settings).0.unwrap();
    let name = option("name").unwrap_or_else(|| "file".to_owned());
    let file = |folder: &str, kind| SourceFile {
        path: format!("content/{folder}/{name}.md"),
        kind,
        len: text.len() as u64,
        article: None,
    };
    let mut out = Lines::default();
    let diagnostics = match sort {
        "article" => out.show(
            parse::article(&file("articles", SourceKind::Article), text, &config),
            |out, (article, _)| out.article(&article),
        ),
        "body" => out.show(
            parse::article(
                &file("articles", SourceKind::Article),
                &format!("---\ntitle: T\ndate: 2023-09-12\n---\n{text}"),
                &config,
            ),
            |out, (article, scan)| out.body(&article.body.text, &scan),
        ),
        "topic" => out.show(
            parse::topic(&file("topics", SourceKind::Topic), text, &config),
            |out, (topic, _)| {
                out.text("id", &topic.id);
                out.text("name", &topic.name);
                out.written("parent", topic.parent.as_ref());
                out.writtens("aliases", &topic.aliases);
                out.optional("iptc", topic.iptc.as_deref());
                out.extra(&topic.extra);
            },
        ),
        "entity" => out.show(
            parse::entity(&file("entities", SourceKind::Entity), text, &config),
            |out, (entity, _)| {
                out.text("id", &entity.id);
                out.text("name", &entity.name);
                out.optional("kind", entity.kind.map(brief::model::registry::EntityKind::key));
                out.writtens("aliases", &entity.aliases);
                out.list("names", entity.names.iter().map(|(tag, name)| format!("{tag}={name}")));
                out.optional("role", entity.role.as_deref());
                out.optional("wikidata", entity.wikidata.as_deref());
                out.list("same_as", entity.same_as.iter().cloned());
                out.list(
                    "facts",
                    entity.facts.iter().map(|it| format!("{}={}", it.label, shown(&it.value))),
                );
                out.image(entity.image.as_ref());
                out.text("match", &format!("{:?}", entity.matching));
                out.writtens("redirect_from", &entity.redirect_from);
                out.extra(&entity.extra);
            },
        ),
        "story" => out.show(
            parse::story(&file("stories", SourceKind::Story), text, &config),
            |out, (story, _)| {
                out.text("name", &story.name);
                out.text("status", &format!("{:?}", story.status));
                for it in &story.milestones {
                    let article = it.article.as_ref().map(shown).unwrap_or_default();
                    out.text("milestone", format!("{} {} {article}", it.date, it.text).trim_end());
                }
                out.extra(&story.extra);
            },
        ),
        "edition" => out.show(
            parse::edition(&file("editions", SourceKind::Edition), text, &config),
            |out, (edition, _)| {
                out.text("date", &edition.date.to_string());
                out.optional("title", edition.title.as_deref());
                out.optional("intro", edition.intro.as_deref());
                out.writtens("items", &edition.items);
                for it in &edition.agenda {
                    let day = it.date.map_or("-".to_owned(), |day| day.to_string());
                    out.text("agenda", &format!("{day} {}", it.text));
                }
                out.optional(
                    "body",
                    Some(edition.body.text.trim()).filter(|text| !text.is_empty()),
                );
            },
        ),
        "page" => out.show(
            parse::page(&file("pages", SourceKind::Page), text, &config),
            |out, (page, _)| {
                out.text("path", &page.path);
                out.text("title", &page.title);
                out.optional("summary", page.summary.as_deref());
                out.optional("lang", page.lang.as_deref());
                out.extra(&page.extra);
            },
        ),
        "settings" => {
            out.show(parse::config("brief.yaml", text), |out, config| out.config(&config))
        }
        _ => panic!("no such sort of case: {info}"),
    };
    out.diagnostics(diagnostics);
    conceal(&out.0)
}

fn shown(written: &Written) -> String {
    format!("{}@{}", written.text, place(written.place))
}

fn place(place: Place) -> String {
    format!("{}:{}", place.line, place.column)
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn show<T>(
        &mut self,
        (value, diagnostics): parse::Parsed<T>,
        show: impl Fn(&mut Self, T),
    ) -> Vec<Diagnostic> {
        let has_error = diagnostics.iter().any(Diagnostic::is_error);
        match value {
            Some(value) => show(self, value),
            None if has_error => self.0.push_str("nothing\n"),
            None => self.0.push_str("nothing, and no error says why\n"),
        }
        diagnostics
    }

    fn text(&mut self, key: &str, text: &str) {
        writeln!(self.0, "{key}: {text}").unwrap();
    }

    fn optional(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    fn list(&mut self, key: &str, items: impl Iterator<Item = String>) {
        let items: Vec<_> = items.collect();
        if !items.is_empty() {
            self.text(key, &items.join(" | "));
        }
    }

    fn written(&mut self, key: &str, written: Option<&Written>) {
        self.optional(key, written.map(shown).as_deref());
    }

    fn writtens(&mut self, key: &str, items: &[Written]) {
        self.list(key, items.iter().map(shown));
    }

    fn moment(&mut self, key: &str, moment: Option<Moment>) {
        if let Some(moment) = moment {
            let day = if moment.has_time { "" } else { " (day)" };
            self.text(key, &format!("{}{day}", moment.rfc3339()));
        }
    }

    fn image(&mut self, image: Option<&Image>) {
        if let Some(image) = image {
            let parts =
                [Some(image.alt.as_str()), image.caption.as_deref(), image.credit.as_deref()];
            let parts: Vec<_> = parts.into_iter().map(|part| part.unwrap_or("-")).collect();
            self.text("image", &format!("{} | {}", shown(&image.src), parts.join(" | ")));
        }
    }

    fn extra(&mut self, extra: &std::collections::BTreeMap<String, serde_json::Value>) {
        self.list("extra", extra.iter().map(|(key, value)| format!("{key}={value}")));
    }

    fn article(&mut self, article: &Article) {
        let it = &article.summary;
        self.text("title", &it.title);
        self.moment("date", Some(it.date));
        if it.slug != "file" {
            self.text("slug", &it.slug);
        }
        self.optional("lang", it.lang.as_deref());
        self.optional("short_title", it.short_title.as_deref());
        self.optional("social_title", it.social_title.as_deref());
        self.moment("updated", it.updated);
        if !it.standfirst.is_empty() {
            self.text(if it.has_standfirst { "summary" } else { "standfirst" }, &it.standfirst);
        }
        self.list("points", it.points.iter().cloned());
        self.writtens("topics", &it.topics);
        self.writtens("entities", &it.entities);
        self.writtens("not_entities", &it.not_entities);
        self.list("authors", it.authors.iter().cloned());
        self.optional("dateline", it.dateline.as_deref());
        if it.kind != Kind::News {
            self.text("kind", it.kind.key());
        }
        if it.priority != 3 {
            self.text("priority", &it.priority.to_string());
        }
        let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        for source in &it.sources {
            self.text(
                "source",
                &format!("{} | {} | {}", source.name, or(&source.url), or(&source.note)),
            );
        }
        self.written("story", it.story.as_ref());
        self.image(it.image.as_ref());
        for correction in &it.corrections {
            self.text("correction", &format!("{} {}", correction.date.rfc3339(), correction.text));
        }
        let translation = &it.translation;
        if *translation != brief::model::article::Translation::default() {
            let (from, translator) = (or(&translation.from), or(&translation.translator));
            self.text(
                "translation",
                &format!("{from} | {translator} | machine {}", translation.machine),
            );
        }
        self.writtens("aliases", &it.aliases);
        if it.draft {
            self.text("draft", "true");
        }
        self.optional("publish_at", it.publish_at.map(|it| it.to_string()).as_deref());
        self.optional("expires", it.expires.map(|it| it.to_string()).as_deref());
        self.extra(&it.extra);
    }

    fn body(&mut self, body: &str, scan: &BodyScan) {
        let ordered = scan.runs.windows(2).all(|pair| pair[0].end <= pair[1].start);
        assert!(ordered, "runs overlap: {:?}", scan.runs);
        for run in &scan.runs {
            let text = &body[run.start as usize..run.end as usize];
            self.text(&format!("run {}", run.block), &text.replace('\n', "⏎"));
        }
        for link in &scan.links {
            self.text("link", &format!("{:?} {}", link.kind, shown(&link.dest)));
        }
        self.text("first paragraph", &scan.first_paragraph);
        self.text("words", &scan.words.to_string());
    }

    fn config(&mut self, it: &Config) {
        self.text("title", &it.title);
        self.text("base_url", &it.base_url);
        self.text(
            "language",
            &format!(
                "{} of {}",
                it.language,
                it.languages.iter().map(|it| it.tag.as_str()).collect::<Vec<_>>().join(", ")
            ),
        );
        self.text("timezone", &it.timezone_name);
        if !it.description.is_empty() {
            self.text("description", &it.description);
        }
        self.text("permalink", &it.permalink);
        self.text(
            "values",
            &format!(
                "{} {:?} {:?} {:?} {:?} {:?}",
                it.per_page, it.numerals, it.months, it.second_calendar, it.html, it.assets
            ),
        );
        let mentions = it.mentions;
        self.text(
            "mentions",
            &format!("{:?} {} {}", mentions.link, mentions.min_page, mentions.short_forms),
        );
        self.text("feeds", &format!("{} full {}", it.feeds.items, it.feeds.full));
        let publisher = &it.publisher;
        self.text("publisher", &publisher.name);
        self.optional("logo", publisher.logo.as_deref());
        self.list("policies", publisher.policies.iter().map(|(key, url)| format!("{key}={url}")));
        self.list("nav", it.nav.iter().map(|link| format!("{}={}", link.name, link.url)));
    }

    fn diagnostics(&mut self, diagnostics: Vec<Diagnostic>) {
        for it in brief::diag::sorted(diagnostics) {
            writeln!(self.0, "{} {} {} {}", it.severity, it.code, place(it.place), it.message)
                .unwrap();
            if let Some(hint) = it.hint {
                writeln!(self.0, "  hint: {hint}").unwrap();
            }
        }
    }
}
