//! An article: its summary, which other pages may show, and its body, which only its own page shows.

use std::{collections::BTreeMap, ops::Deref};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use super::moment::Moment;
use super::{Digest, face::Heading, source::Written};

/// One article as parsed.
#[derive(Debug, Clone)]
pub struct Article {
    /// All that crosses from this article to other pages.
    pub summary: Summary,
    /// The Markdown body; dropped once its mentions are found.
    pub body: Body,
}

/// The Markdown of an article, entity, topic, story, edition or page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Markdown, as in the file.
    pub text: String,
    /// The file's line on which the text begins, from 1.
    pub first_line: u32,
}

/// What other pages may know of an article.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Summary {
    /// What lists show of it. [`Summary`] reads as if these were its own.
    pub heading: Heading,
    /// The last part of its permalink, native script, never empty, at most 120 bytes.
    pub slug: String,
    /// Its path below `content/articles/` without extension and language: what its translations beside it
    /// share. Empty on a site of one language.
    pub base: String,
    /// The article that it translates, as written, if that stands elsewhere.
    pub translation_of: Option<Written>,
    /// A headline for social cards.
    pub social_title: Option<String>,
    /// Whether `standfirst` was written by the editor (else it repeats the body).
    pub has_standfirst: bool,
    /// Topics as written: ids, names or aliases.
    pub topics: Vec<Written>,
    /// Entities it is about, as written, the most important first.
    pub entities: Vec<Written>,
    /// Names here that must not be linked.
    pub not_entities: Vec<Written>,
    /// The place it was filed from.
    pub dateline: Option<String>,
    /// 1 (lead) to 5; 3 when not given.
    pub priority: u8,
    /// Where the facts come from.
    pub sources: Vec<Citation>,
    /// The running story it continues, as written.
    pub story: Option<Written>,
    /// What was corrected, newest last as written.
    pub corrections: Vec<Correction>,
    /// Disclosure of a translation.
    pub translation: Translation,
    /// Old URLs (paths from the site's root) that lead here.
    pub aliases: Vec<Written>,
    /// Not to be published.
    pub draft: bool,
    /// Not before.
    #[serde(with = "super::moment::instant")]
    pub publish_at: Option<Timestamp>,
    /// Not after.
    #[serde(with = "super::moment::instant")]
    pub expires: Option<Timestamp>,
    /// Keys that brief does not know, for templates.
    #[serde(with = "super::extra")]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Words of the body (UAX #29).
    pub words: u32,
    /// Of the front matter and of what was derived for it: changes when another page may have to.
    pub digest: Digest,
    /// Of the body's bytes.
    pub body_digest: Digest,
}

impl Deref for Summary {
    type Target = Heading;

    fn deref(&self) -> &Heading {
        &self.heading
    }
}

/// The sort of work; each has a label in the UI texts (`kind.<key>`) and a schema.org type.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A report of what happened.
    #[default]
    News,
    /// What it means.
    Analysis,
    /// A signed view.
    Opinion,
    /// Background for a reader new to the matter.
    Explainer,
    /// A claim examined.
    FactCheck,
    /// Questions and answers with a person.
    Interview,
    /// Running coverage.
    Live,
    /// An organisation's own statement.
    PressRelease,
    /// A portrait of a person or body.
    Profile,
    /// A report from the field at length.
    Feature,
    /// A digest of the press.
    PressDigest,
    /// A life told after death.
    Obituary,
    /// Context compiled from earlier coverage.
    Background,
}

impl Kind {
    /// Every kind, with its key in front matter.
    pub const ALL: [(&'static str, Self); 13] = [
        ("news", Self::News),
        ("analysis", Self::Analysis),
        ("opinion", Self::Opinion),
        ("explainer", Self::Explainer),
        ("fact_check", Self::FactCheck),
        ("interview", Self::Interview),
        ("live", Self::Live),
        ("press_release", Self::PressRelease),
        ("profile", Self::Profile),
        ("feature", Self::Feature),
        ("press_digest", Self::PressDigest),
        ("obituary", Self::Obituary),
        ("background", Self::Background),
    ];

    /// Whether the front page shows it as background rather than as news.
    #[must_use]
    pub fn is_background(self) -> bool {
        matches!(
            self,
            Self::Explainer
                | Self::Analysis
                | Self::Opinion
                | Self::FactCheck
                | Self::Profile
                | Self::Background
        )
    }

    /// The key in front matter and UI texts.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("news", |(key, _)| key)
    }
}

/// A source of an article's facts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Agency, outlet or document.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// What was taken from it.
    pub note: Option<String>,
}

/// An image with all that a page needs to place it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// As written: relative to the file, or from the site's root with a leading `/`, or absolute.
    pub src: Written,
    /// What it shows, for who cannot see it.
    pub alt: String,
    /// Under the image.
    pub caption: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
}

/// A correction as readers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was made.
    pub date: Moment,
    /// What was wrong and what is right. Plain text.
    pub text: String,
}

/// Disclosure of a translation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The original: a URL, an outlet or a language.
    pub from: Option<String>,
    /// Who translated.
    pub translator: Option<String>,
    /// Whether a machine did.
    pub machine: bool,
}

/// What a body holds that other steps need, found in one pass over its Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BodyScan {
    /// Byte ranges of the body's text in which names may be found: running text of paragraphs, list items,
    /// quotes and table cells, verbatim and without markup; in order, not overlapping.
    pub runs: Vec<TextRun>,
    /// Every link's destination as written, in order.
    pub links: Vec<BodyLink>,
    /// The first paragraph as plain text, white space folded; of a long one only as much as a summary may need. Empty
    /// if there is none.
    pub first_paragraph: String,
    /// Words (UAX #29) of all text.
    pub words: u32,
}

/// A stretch of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRun {
    /// First byte in the body.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Number of the block (paragraph, item, cell) it is in; runs of one block share it.
    pub block: u32,
}

/// A link or image of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyLink {
    /// Destination as written: a URL, a relative path, or the id of a `[[id]]`.
    pub dest: Written,
    /// What it is.
    pub kind: BodyLinkKind,
}

/// The three things a body may point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BodyLinkKind {
    /// `[text](dest)`
    Link,
    /// `[[id]]`
    Wiki,
    /// `![alt](dest)`
    Image,
}
