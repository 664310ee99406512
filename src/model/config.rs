//! The site's settings, `brief.yaml`, after reading: every key has a value.

use jiff::tz::TimeZone;
use serde::Serialize;

use super::Digest;
use crate::text::bidi::Direction;
pub use crate::text::locale::{Months, Numerals, SecondCalendar};

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Name of the site.
    pub title: String,
    /// Absolute URL of the site's root, with a trailing `/`.
    pub base_url: String,
    /// BCP 47.
    pub language: String,
    /// IANA name, e.g. `Asia/Riyadh`.
    pub timezone_name: String,
    /// The zone of that name.
    pub timezone: TimeZone,
    /// One sentence about the site.
    pub description: String,
    /// Pattern of article URLs; begins with `/`, ends in `.html` or `/`.
    pub permalink: String,
    /// P of the calendar pages, at least 1.
    pub per_page: usize,
    /// Digits.
    pub numerals: Numerals,
    /// Month names.
    pub months: Months,
    /// A second date beside the Gregorian one.
    pub second_calendar: SecondCalendar,
    /// What raw HTML in Markdown may do.
    pub html: HtmlPolicy,
    /// Mentions of entities in text.
    pub mentions: MentionSettings,
    /// How static files are named.
    pub assets: Assets,
    /// Feeds.
    pub feeds: FeedSettings,
    /// Who publishes.
    pub publisher: Publisher,
    /// Links of the header.
    pub nav: Vec<NavItem>,
    /// Languages of a site in several; the first is its own.
    pub languages: Vec<Language>,
    /// Of the whole file.
    pub digest: Digest,
}

impl Config {
    /// The path of the base URL, with a trailing `/`: `/` or `/sub/`.
    #[must_use]
    pub fn base_path(&self) -> &str {
        let after_scheme = self.base_url.find("://").map_or(0, |at| at + 3);
        self.base_url[after_scheme..]
            .find('/')
            .map_or("/", |at| &self.base_url[after_scheme + at..])
    }

    /// Whether the language is written from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        is_rtl(&self.language)
    }
}

/// Whether a language (BCP 47) is written from right to left.
#[must_use]
pub fn is_rtl(language: &str) -> bool {
    Direction::of(language) == Direction::Rtl
}

/// A language of a site in several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// BCP 47.
    pub tag: String,
    /// What it calls itself.
    pub name: String,
    /// Name of the site in this language, if it has one.
    pub title: Option<String>,
    /// One sentence about the site in this language.
    pub description: Option<String>,
    /// Links of the header.
    pub nav: Vec<NavItem>,
    /// Digits.
    pub numerals: Numerals,
    /// Month names.
    pub months: Months,
    /// A second date beside the Gregorian one.
    pub second_calendar: SecondCalendar,
}

/// What raw HTML in Markdown may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HtmlPolicy {
    /// Sanitised, with a report of what was dropped.
    #[default]
    Safe,
    /// Passed through.
    Trusted,
}

/// Mentions of entities in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MentionSettings {
    /// Which mentions become links.
    pub link: LinkMentions,
    /// An entity mentioned in fewer articles, and without a text of its own, is not for search engines.
    pub min_page: usize,
    /// Whether a family name counts after the full name.
    pub short_forms: bool,
    /// Whether a link begins with the particles that are glued to the name.
    pub with_particles: bool,
}

/// Which mentions become links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkMentions {
    /// The first of each entity in the article.
    #[default]
    First,
    /// The first of each entity in each section.
    Section,
    /// Every one, at most one of an entity in a paragraph.
    All,
    /// None.
    None,
}

/// How static files are named in the output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Assets {
    /// Under their own names.
    #[default]
    Stable,
    /// With a hash of their content in the name.
    Fingerprint,
}

/// Feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedSettings {
    /// Newest items in a feed, at least 1.
    pub items: usize,
    /// Whole articles rather than summaries.
    pub full: bool,
}

/// Who publishes the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The site's title when not given.
    pub name: String,
    /// Path or URL of a logo.
    pub logo: Option<String>,
    /// schema.org property (`correctionsPolicy`) → path or URL, in the order written.
    pub policies: Vec<(String, String)>,
}

/// A link of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// As shown.
    pub name: String,
    /// Path from the site's root, or URL.
    pub url: String,
}
