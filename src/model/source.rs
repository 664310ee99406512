//! A source file of a site: what `load` finds and `parse` reads.

use serde::{Deserialize, Serialize};

use crate::diag::Place;

/// What a file of the site is, decided by the folder it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// `content/articles/**/*.md`
    Article,
    /// `content/topics/**/*.md`
    Topic,
    /// `content/entities/**/*.md`
    Entity,
    /// `content/stories/**/*.md`
    Story,
    /// `content/editions/YYYY-MM-DD.md`
    Edition,
    /// `content/pages/**/*.md`
    Page,
    /// A file beside content that is not Markdown: an image of an article.
    ContentAsset,
    /// `templates/**`
    Template,
    /// `static/**`
    Static,
}

impl SourceKind {
    /// Whether its text is read and parsed; the rest is published as it is.
    #[must_use]
    pub fn is_parsed(self) -> bool {
        !matches!(self, Self::ContentAsset | Self::Static)
    }
}

/// One file that a build reads, not yet opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Relative to the site's root, `/` between folders, NFC or NFD as the file system has it.
    pub path: String,
    /// What it is.
    pub kind: SourceKind,
    /// Bytes.
    pub len: u64,
    /// Of an article that the archive knows: its number there.
    pub article: Option<u32>,
}

impl SourceFile {
    /// The file's name without folders and extension; for `index.md` the folder's name.
    #[must_use]
    pub fn stem(&self) -> &str {
        stem_of(&self.path)
    }

    /// The folder that holds the file, relative to the site's root, without a trailing `/`.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// The stem of a path: its last name without extension; for `index.md` the folder's name.
#[must_use]
pub fn stem_of(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem == "index" && !folder.is_empty() {
        folder.rsplit('/').next().unwrap_or(stem)
    } else {
        stem
    }
}

/// A file's text, cut into front matter and body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document<'a> {
    /// The YAML between the `---` lines, without them; empty if there is none.
    pub front: &'a str,
    /// The file's line on which `front` begins, from 1.
    pub front_line: u32,
    /// The Markdown after the front matter.
    pub body: &'a str,
    /// The file's line on which `body` begins, from 1.
    pub body_line: u32,
}

/// A text as the editor wrote it in front matter, with its place: a reference not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}
