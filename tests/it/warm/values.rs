//! Values of front matter, paragraphs and settings by chance. In: a world, a path, a key. Out: YAML on one line, or
//! Markdown. [`Author::value`] and [`Author::paragraphs`] are the entries.

use jiff::ToSpan as _;

use super::{choose::beside, random::Random, words::Words, world::World};

/// Writes what an editor might; now and then what an editor should not.
#[derive(Debug)]
pub(super) struct Author<'a> {
    pub(super) random: &'a mut Random,
    pub(super) words: &'a Words,
    /// Of a hundred values, how many are faults.
    pub(super) faults: usize,
}

/// Names of files, some of them in more than one folder.
pub(super) const STEMS: [&str; 12] = [
    "visit", "harbour", "wheat", "bridge", "river", "letter", "harvest", "visit", "strike", "tide",
    "report", "market",
];
/// Names of files that texts lead to before they are there.
pub(super) const LATER_STEMS: [&str; 3] = ["later-1", "later-2", "later-3"];

/// Settings with values that they may have.
pub(super) const SETTINGS: &[(&str, &[&str])] = &[
    ("per_page", &["2", "3", "4", "30"]),
    ("title", &["Test", "Tide"]),
    ("description", &["One sentence.", "Another sentence."]),
    ("permalink", &["/:year/:month/:day/:slug/", "/:year/:slug.html", "/n/:slug/"]),
    ("numerals", &["latn", "arab", "arabext"]),
    ("months", &["levant", "dual", "maghreb"]),
    ("second_calendar", &["umalqura", "persian"]),
    (
        "mentions",
        &[
            "{link: all}",
            "{link: none}",
            "{link: section, min_page: 1}",
            "{min_page: 4}",
            "{particles: inside}",
            "{short_forms: off}",
        ],
    ),
    (
        "nav",
        &["[{name: A, url: /topics/water/}, {name: B, url: /archive/}]", "[{name: C, url: /}]"],
    ),
    ("feeds", &["{items: 2}", "{items: 5, content: summary}", "{items: 60}"]),
    ("assets", &["fingerprint", "stable"]),
    ("html", &["trusted", "safe"]),
    ("timezone", &["Asia/Riyadh", "Africa/Cairo", "Pacific/Kiritimati"]),
    ("language", &["ar", "fa", "en"]),
    ("languages", &["[ar, en]", "[en, fa]", "{en: {title: Tide, numerals: arab}}"]),
    ("base_url", &["https://example.org/", "https://news.example/sub/"]),
    ("publisher", &["{name: Tide, logo: /logo.svg}", "Harbour"]),
];
/// Settings without which there is no site.
pub(super) const REQUIRED: [&str; 4] = ["title", "timezone", "language", "base_url"];

impl Author<'_> {
    /// A value for a key of a document; `None` for none.
    pub(super) fn value(&mut self, world: &World, path: &str, key: &str) -> Option<String> {
        if self.is_fault() {
            return Some(self.random.pick(&["{", "2023-02-31", "[]", "many", "\"\""]).to_string());
        }
        match (kind(path), key) {
            (_, "title" | "name" | "date") => {}
            ("entities", "kind") => {}
            _ if self.random.chance(30) => return None,
            _ => {}
        }
        Some(match (kind(path), key) {
            ("articles", _) => self.of_article(world, path, key),
            ("editions", "items") => {
                let stems = self.stems(world);
                list(self.random.some(&stems, 4))
            }
            ("stories", "milestones") => self.milestones(world),
            ("topics", "parent") => self.topic(),
            ("entities", "facts") => {
                let (label, value) =
                    (self.name(), self.random.pick(&self.words.entities)[0].clone());
                format!("[{{label: {label}, value: {value}}}]")
            }
            ("entities", "kind") => {
                self.random.pick(&["person", "organization", "place", "event", "work"]).to_string()
            }
            ("pages", "aliases") => self.old_addresses(),
            _ => self.of_any(world, path, key),
        })
    }

    fn of_article(&mut self, world: &World, path: &str, key: &str) -> String {
        match key {
            "title" | "short_title" => self.headline(),
            "date" | "updated" => self.date(world),
            "publish_at" | "expires" => self.instant(world),
            "topics" => self.names_of(Kind::Topic),
            "entities" | "not_entities" => self.names_of(Kind::Entity),
            "story" => self.names_of(Kind::Story),
            "slug" => self.random.pick(&STEMS).to_string(),
            "aliases" => self.old_addresses(),
            "priority" => (1 + self.random.below(5)).to_string(),
            "kind" => self.random.pick(&["news", "analysis", "opinion", "explainer"]).to_string(),
            "points" => format!("[{}, {}]", self.sentence(), self.sentence()),
            "authors" => format!("[{}]", self.name()),
            "sources" => format!("[{{name: {}, url: https://example.net/}}]", self.name()),
            "corrections" => {
                format!("[{{date: {}, text: {}}}]", self.date(world), self.sentence())
            }
            _ => self.of_any(world, path, key),
        }
    }

    /// Keys that mean the same wherever they stand.
    fn of_any(&mut self, world: &World, path: &str, key: &str) -> String {
        match key {
            "title" => self.headline(),
            "name" | "dateline" | "translator" => self.name(),
            "aliases" => list(vec![&self.name(), &self.name()]),
            "image" => {
                let is_beside = has_image(world, path) && self.random.chance(80);
                let src = if is_beside { "chart.png" } else { "/photo.png" };
                format!("{{src: {src}, alt: {}}}", self.sentence())
            }
            "draft" | "machine" => "true".to_owned(),
            "lang" => self.random.pick(&["en", "en", "en", "he"]).to_string(),
            "translation_of" => {
                let stems = self.stems(world);
                if stems.is_empty() {
                    "nothing".to_owned()
                } else {
                    self.random.pick(&stems).clone()
                }
            }
            "match" => self.random.pick(&["auto", "exact", "never"]).to_string(),
            "status" => self.random.pick(&["ongoing", "ended"]).to_string(),
            "redirect_from" => format!("[old-{}]", self.random.below(3)),
            "names" => "{en: Somebody, ru: Nobody}".to_owned(),
            "same_as" => "[https://example.net/same]".to_owned(),
            "wikidata" => format!("Q{}", 1 + self.random.below(9)),
            "iptc" => "medtop:20000002".to_owned(),
            "agenda" => format!(
                "[{{date: 2023-12-0{}, text: {}}}]",
                1 + self.random.below(9),
                self.sentence()
            ),
            _ => self.sentence(),
        }
    }

    /// A day of three months and of a few days beside them, often without a time.
    pub(super) fn date(&mut self, world: &World) -> String {
        let articles = world.documents("content/articles/");
        if self.random.chance(15) && !articles.is_empty() {
            let other = world
                .document(self.random.pick::<&str>(&articles))
                .and_then(|it| it.front.get("date"));
            if let Some(date) = other {
                return date.clone();
            }
        }
        let day = match self.random.below(12) {
            0 => self
                .random
                .pick(&["2022-12-31", "2024-01-01", "2023-08-31", "2023-12-02"])
                .to_string(),
            1..=5 => self
                .random
                .pick(&["2023-11-28", "2023-11-29", "2023-11-30", "2023-10-10"])
                .to_string(),
            _ => format!("2023-{:02}-{:02}", 9 + self.random.below(3), 1 + self.random.below(30)),
        };
        if self.random.chance(50) {
            return day;
        }
        format!("{day}T{:02}:30:00+03:00", self.random.below(24))
    }

    /// Something near now.
    fn instant(&mut self, world: &World) -> String {
        let hours = i64::try_from(self.random.below(200)).unwrap() - 100;
        let time = world.now.checked_add(hours.hours()).unwrap();
        time.to_string()
    }

    fn milestones(&mut self, world: &World) -> String {
        let stems = self.stems(world);
        let chosen: Vec<String> = self.random.some(&stems, 3).into_iter().cloned().collect();
        let milestones: Vec<_> = chosen
            .iter()
            .map(|stem| {
                format!(
                    "{{date: {}, text: {}, article: {stem}}}",
                    self.date(world),
                    self.sentence()
                )
            })
            .collect();
        format!("[{}]", milestones.join(", "))
    }

    /// Ids, names, other names, and names of what has no file.
    fn names_of(&mut self, kind: Kind) -> String {
        let words = self.words;
        let (known, loose, name_at) = match kind {
            Kind::Topic => (&words.topics, &words.loose_topics, 1),
            Kind::Entity => (&words.entities, &words.loose_entities, 2),
            Kind::Story => (&words.stories, &words.loose_stories, 1),
        };
        let n_names = if kind == Kind::Story { 1 } else { 1 + self.random.below(3) };
        let names = (0..n_names).map(|_| match self.random.below(10) {
            0..=5 => self.random.pick(known)[0].clone(),
            6..=7 => self.random.pick(known)[name_at].clone(),
            _ => self.random.pick(loose).clone(),
        });
        let names: Vec<String> = names.collect();
        if kind == Kind::Story { quoted(&names[0]) } else { list(names.iter().collect()) }
    }

    fn topic(&mut self) -> String {
        // Towards the front of the list, so that circles are the exception.
        let at = self.random.below(3);
        quoted(&self.words.topics[at][0])
    }

    fn old_addresses(&mut self) -> String {
        let number = self.random.below(20);
        let old =
            [format!("/old/{number}.html"), format!("/old/{number}/"), format!("/old/{number}")];
        format!("[{}]", self.random.pick(&old))
    }

    /// Paths by which articles that are published may be named.
    fn stems(&mut self, world: &World) -> Vec<String> {
        let mut articles = world.documents("content/articles/");
        if !self.is_fault() {
            articles.retain(|path| is_out(world, path));
        }
        articles.iter().map(|path| below_articles(path).to_owned()).collect()
    }

    pub(super) fn is_fault(&mut self) -> bool {
        self.random.chance(self.faults)
    }

    fn name(&mut self) -> String {
        quoted(self.random.pick(&self.words.names))
    }

    fn headline(&mut self) -> String {
        let headline = self.random.pick(&self.words.headlines);
        quoted(format!("{headline} {}", self.random.below(10)))
    }

    fn sentence(&mut self) -> String {
        quoted(self.random.pick(&self.words.sentences))
    }
}

/// Running text.
impl Author<'_> {
    /// Paragraphs with names and links in them; the same ones in another order now and then, which have equal length.
    pub(super) fn paragraphs(&mut self, world: &World, path: &str) -> Vec<String> {
        if let Some(old) = world.document(path)
            && self.random.chance(25)
        {
            return self.random.shuffled(old.body.clone());
        }
        let n_paragraphs = self.random.below(4) + usize::from(kind(path) == "articles");
        (0..n_paragraphs).map(|_| self.paragraph(world, path)).collect()
    }

    fn paragraph(&mut self, world: &World, path: &str) -> String {
        let mut sentences: Vec<String> =
            self.random.some(&self.words.sentences, 4).into_iter().cloned().collect();
        if self.random.chance(35) {
            sentences.push(self.link(world, path));
        }
        match self.random.below(14) {
            0 => sentences.insert(0, "##".to_owned()),
            1 => sentences.insert(0, ">".to_owned()),
            2 => sentences.push("[^1]\n\n[^1]: 1".to_owned()),
            3 if has_image(world, path) => sentences.push("![x](chart.png)".to_owned()),
            4 => sentences.push("![x](/photo.png)".to_owned()),
            _ => {}
        }
        sentences.join(" ")
    }

    /// A link to something of the site in one of the forms that links have; as a fault to what is not there.
    fn link(&mut self, world: &World, path: &str) -> String {
        if self.is_fault() {
            return format!("[[{}]]", self.random.pick(&LATER_STEMS));
        }
        let mut others = world.documents("content/");
        others.retain(|it| !it.contains("/editions/"));
        if others.is_empty() {
            return String::new();
        }
        let other = (*self.random.pick(&others)).to_owned();
        // By its stem, for a path to what is not published is an error.
        if !is_out(world, &other) {
            return format!("[[{}]]", stem(&other));
        }
        let text = self.random.pick(&self.words.names).clone();
        let id = below_kind(&other).to_owned();
        match (kind(&other), self.random.below(4)) {
            ("articles", 0) => format!("[{text}]({})", relative(path, &other)),
            ("articles", 1) => format!("[[{}]]", stem(&other)),
            ("articles", _) => format!("[[{}|{text}]]", below_articles(&other)),
            (folder, 0) => format!("[[{folder}/{id}]]"),
            (_, 1) => format!("[{text}]({})", relative(path, &other)),
            (folder, _) => format!("[[{folder}/{id}|{text}]]"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Topic,
    Entity,
    Story,
}

/// Whether there is an image beside a document, or there will be: one in a folder of its own comes with one.
fn has_image(world: &World, path: &str) -> bool {
    path.ends_with("/index.md")
        || path.ends_with("/index.en.md")
        || world.sources.contains_key(&beside(path, "chart.png"))
}

/// Whether a document is published now, as far as a glance tells.
fn is_out(world: &World, path: &str) -> bool {
    let withheld = |key| world.document(path).is_none_or(|it| it.front.contains_key(key));
    let is_future = |date: &String| date.as_str() >= "2023-12";
    let date = world.document(path).and_then(|it| it.front.get("date"));
    !["draft", "publish_at", "expires"].into_iter().any(withheld) && !date.is_some_and(is_future)
}

/// The folder of a document below `content/`.
pub(super) fn kind(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

pub(super) fn stem(path: &str) -> &str {
    let path = below_articles(path);
    let stem = path.rsplit_once('/').map_or(path, |(_, stem)| stem);
    stem.strip_suffix(".en").unwrap_or(stem)
}

/// An article's path as links write it.
fn below_articles(path: &str) -> &str {
    let path = path.strip_prefix("content/articles/").unwrap_or(path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    let path = path.strip_suffix("/index.en").unwrap_or(path);
    path.strip_suffix("/index").unwrap_or(path)
}

fn below_kind(path: &str) -> &str {
    let path = path.splitn(3, '/').nth(2).unwrap_or(path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    path.strip_suffix(".en").unwrap_or(path)
}

fn relative(from: &str, to: &str) -> String {
    let up = from.matches('/').count();
    format!("{}{to}", "../".repeat(up))
}

pub(super) fn quoted(text: impl std::fmt::Display) -> String {
    format!("\"{text}\"")
}

fn list(items: Vec<&String>) -> String {
    let items: Vec<_> = items.into_iter().map(|it| quoted(it.trim_matches('"'))).collect();
    format!("[{}]", items.join(", "))
}
