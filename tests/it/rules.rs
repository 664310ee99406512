//! The rules of direction, each test named by its number. In: sites built from hard text. Out: what in their pages,
//! feeds and metadata breaks a rule. `ARCHITECTURE.md` says which rules are kept by other tests or not at all.

mod all;
mod islands;
mod language;
mod machine;
mod markup;

use std::sync::LazyLock;

use crate::site::Site;

/// An article with everything that can run the wrong way; its text stands in `tests/specs/rules-article.md`.
const HARD: &str = include_str!("../specs/rules-article.md");

/// Every file of a site built from hard text, by path.
static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let (front, body) = HARD.trim_start_matches("---\n").split_once("\n---\n").unwrap();
    let reveal = crate::text::reveal;
    let site = Site::new().article("hard.md", &reveal(front), &reveal(body)).article(
        "english.md",
        "title: English (again) news\ndate: 2023-09-12\nlang: en",
        "Some text.",
    );
    site.build().published();
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).ok();
    let tree = site.tree();
    tree.iter().filter_map(|(path, bytes)| Some((path.clone(), text(bytes)?))).collect()
});

/// The pages among them.
fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, text)| (path.as_str(), text.as_str()))
}

/// The page of the article.
fn article() -> &'static str {
    pages().find(|(path, _)| path.ends_with("hard.html")).unwrap().1
}

/// A tag with the text behind it.
struct Tag {
    /// With `/` in front for the end of an element.
    name: &'static str,
    attributes: &'static str,
    text: &'static str,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&'static str> {
        let spaced = format!(" {}", self.attributes);
        // The page lives as long as the program, and so do its attributes.
        let at = spaced.find(&format!(" {name}=\""))?;
        self.attributes[at + name.len() + 2..].split('"').next()
    }
}

/// The tags of a page in order; what brief writes has no `>` in attributes.
fn tags(page: &'static str) -> Vec<Tag> {
    let pieces = page.split('<').skip(1);
    let tag = |piece: &'static str| {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        Tag { name, attributes, text }
    };
    pieces.map(tag).collect()
}
