//! The words that sites are made of. In: `tests/specs/newsroom.md`. Out: [`Words`]. [`words`] is the entry.

use std::{fs, path::PathBuf, sync::OnceLock};

/// What newsrooms write about.
#[derive(Debug)]
pub(super) struct Words {
    /// Id, name, another name, broader topic.
    pub(super) topics: Vec<Vec<String>>,
    /// Names that are given as topics, and have no file.
    pub(super) loose_topics: Vec<String>,
    /// Id, kind, name, other names.
    pub(super) entities: Vec<Vec<String>>,
    /// Names that are given as entities, and have no file.
    pub(super) loose_entities: Vec<String>,
    /// Id, name.
    pub(super) stories: Vec<Vec<String>>,
    /// Names that are given as stories, and have no file.
    pub(super) loose_stories: Vec<String>,
    /// Names for anything; some are also other names of entities.
    pub(super) names: Vec<String>,
    /// Headlines.
    pub(super) headlines: Vec<String>,
    /// Sentences, most with a name in them.
    pub(super) sentences: Vec<String>,
}

/// The words, read once.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/specs/newsroom.md");
        let text = fs::read_to_string(path).unwrap();
        let plain = |title| parts(&text, title).into_iter().map(|it| it.concat()).collect();
        Words {
            topics: parts(&text, "Topics"),
            loose_topics: plain("Topics without a file"),
            entities: parts(&text, "Entities"),
            loose_entities: plain("Entities without a file"),
            stories: parts(&text, "Stories"),
            loose_stories: plain("Stories without a file"),
            names: plain("Names"),
            headlines: plain("Headlines"),
            sentences: plain("Sentences"),
        }
    })
}

/// The items below a heading, each divided into its parts.
fn parts(text: &str, title: &str) -> Vec<Vec<String>> {
    let (_, section) = text.split_once(&format!("\n## {title}\n")).expect("the section is there");
    let section = section.split("\n## ").next().unwrap_or_default();
    let items = section.lines().filter_map(|line| line.strip_prefix("- "));
    items.map(|item| item.split('|').map(|part| part.trim().to_owned()).collect()).collect()
}
