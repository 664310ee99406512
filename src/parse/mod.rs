//! One source file → article, topic, entity, story, edition, page, or the site's settings.
//!
//! In: a file's path and text, and the settings. Out: [`Parsed`]: the value with what its body holds, and diagnostics.
//! The entry is the function named after what the file is. None of them fails: they give what could be read, and
//! `None`, with at least one error, only if nothing could.
//!
//! 1. [`cut()`] divides the text into front matter and body.
//! 2. [`yaml`] reads the front matter, forgiving what editors write.
//! 3. [`fields`] takes typed values out of it; [`article`](mod@article) and its neighbours say which.
//! 4. [`body`] goes over the Markdown once for text, links, and what must be reported.

mod article;
mod body;
mod config;
mod cut;
mod edition;
mod fields;
mod registry;
mod value;
mod yaml;

use crate::{
    diag::{Diagnostic, Place},
    model::{
        Digest,
        article::{Article, Body, BodyScan},
        config::Config,
        edition::{Edition, StaticPage},
        registry::{Entity, Story, Topic},
        source::{SourceFile, SourceKind},
        tongue::Tongue,
    },
};

pub use self::cut::cut;

/// What could be read, and what there is to say about it.
pub type Parsed<T> = (Option<T>, Vec<Diagnostic>);

/// The settings of a site from `text`, the text of `brief.yaml`.
#[must_use]
pub fn config(file: &str, text: &str) -> Parsed<Config> {
    config::read(file, text)
}

/// An article.
#[must_use]
pub fn article(file: &SourceFile, text: &str, config: &Config) -> Parsed<(Article, BodyScan)> {
    document(file, text, config, yaml::schema::ARTICLE, article::read)
}

/// A topic.
#[must_use]
pub fn topic(file: &SourceFile, text: &str, config: &Config) -> Parsed<(Topic, BodyScan)> {
    document(file, text, config, yaml::schema::TOPIC, registry::read_topic)
}

/// An entity.
#[must_use]
pub fn entity(file: &SourceFile, text: &str, config: &Config) -> Parsed<(Entity, BodyScan)> {
    document(file, text, config, yaml::schema::ENTITY, registry::read_entity)
}

/// A running story.
#[must_use]
pub fn story(file: &SourceFile, text: &str, config: &Config) -> Parsed<(Story, BodyScan)> {
    document(file, text, config, yaml::schema::STORY, registry::read_story)
}

/// The edition of the day that the file is named after.
#[must_use]
pub fn edition(file: &SourceFile, text: &str, config: &Config) -> Parsed<(Edition, BodyScan)> {
    document(file, text, config, yaml::schema::EDITION, edition::read_edition)
}

/// A page outside the news.
#[must_use]
pub fn page(file: &SourceFile, text: &str, config: &Config) -> Parsed<(StaticPage, BodyScan)> {
    document(file, text, config, yaml::schema::PAGE, edition::read_page)
}

/// All that a reader of one sort of file is given.
struct Context<'a> {
    file: &'a SourceFile,
    config: &'a Config,
    text: &'a str,
    /// The front matter as in the file.
    front: &'a str,
    body: &'a str,
    body_line: u32,
    scan: &'a BodyScan,
    /// The file's stem without its language.
    stem: &'a str,
    /// The language that the file's name says.
    tongue: Option<Tongue>,
}

impl Context<'_> {
    /// Of the whole file and of its stem, which is an id and so part of addresses.
    fn digest(&self) -> Digest {
        Digest::of(format!("{}\0{}", self.stem, self.text).as_bytes())
    }

    /// Whether the file says in another language what one beside it says in the site's own.
    fn is_translation(&self) -> bool {
        self.tongue.is_some_and(|it| it != Tongue::OWN)
    }

    fn body(&self) -> Body {
        Body { text: self.body.to_owned(), first_line: self.body_line }
    }
}

/// Reads a file with front matter; `read` makes the value of its fields.
fn document<T>(
    file: &SourceFile,
    text: &str,
    config: &Config,
    keys: &'static [yaml::schema::Key],
    read: fn(&fields::Table<'_, '_>, &Context<'_>) -> Option<T>,
) -> Parsed<(T, BodyScan)> {
    let mut diagnostics = Vec::new();
    let document = cut(text);
    // An edition may be nothing but a text; all others must have a name.
    if document.front_line == 1 && file.kind != SourceKind::Edition {
        diagnostics.push(no_front_matter(file, keys));
        return (None, diagnostics);
    }
    let (scan, found) = body::scan(&file.path, document.body, document.body_line, config.html);
    let front = yaml::read(&file.path, document.front, document.front_line, keys, &mut diagnostics);
    let (stem, tongue) = article::stem(file, config);
    diagnostics.extend(article::unknown_tongue(file, config));
    let context = Context {
        stem,
        tongue,
        file,
        config,
        text,
        front: document.front,
        body: document.body,
        body_line: document.body_line,
        scan: &scan,
    };
    let value =
        fields::read(front, &config.timezone, |table| read(table, &context), &mut diagnostics);
    diagnostics.extend(found);
    (value.map(|value| (value, scan)), diagnostics)
}

fn no_front_matter(file: &SourceFile, keys: &[yaml::schema::Key]) -> Diagnostic {
    let first = keys.first().map_or("title", |key| key.name);
    let second =
        if keys.iter().any(|key| key.name == "date") { ", `date: 2023-09-12`" } else { "" };
    Diagnostic::error(
        &file.path,
        Place::at(1, 1),
        "no-front-matter",
        format!("«{}» has no front matter, so it has no `{first}`", file.stem()),
    )
    .hint(format!("begin the file with the lines `---`, `{first}: …`{second}, `---`"))
}

/// What a body holds, where only that is wanted: the runs of text in which names may be found, links, words.
#[must_use]
pub fn scan(body: &str, html: crate::model::config::HtmlPolicy) -> BodyScan {
    body::scan("", body, 1, html).0
}
