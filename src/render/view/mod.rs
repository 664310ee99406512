//! What templates see: one typed struct for each kind of page, all text in the site's language.
//!
//! A template `article.html` gets `site` ([`SiteView`]), `ui` (the UI texts), `head` ([`Head`]) and `page`
//! (here [`ArticleView`]). URLs are ready for an attribute (percent-encoded, with the base path). What editors wrote is
//! [`Text`]: HTML for an element, in its own direction. [`Markup`] is HTML as well. All other text is plain, and the
//! template engine escapes it.

mod lists;
mod pages;
mod text;

pub use lists::*;
pub use pages::*;
pub use text::Text;

use serde::{Serialize, Serializer};

/// HTML that is already safe; templates print it unescaped.
#[derive(Debug, Clone)]
pub struct Markup(tera::Value);

impl Markup {
    /// Marks `html` as HTML that has been escaped or sanitised.
    #[must_use]
    pub fn new(html: &str) -> Self {
        Self(tera::Value::safe_string(html))
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// What every page knows of the site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Name of the site, for attributes.
    pub title: String,
    /// The same for elements.
    pub name: Text,
    /// One sentence about it.
    pub description: Text,
    /// BCP 47.
    pub language: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// Digits of numbered lists where they are not European: `arab`, `arabext`.
    pub numerals: Option<&'static str>,
    /// URL of the front page, in this language.
    pub url: String,
    /// URL of the site's root, where files of `static/` are.
    pub root: String,
    /// URL of the style sheet.
    pub stylesheet: String,
    /// URL of `static/theme.css`, the site's own styles, read after it.
    pub theme: Option<String>,
    /// Links of the header.
    pub nav: Vec<Link>,
    /// Name of the publisher.
    pub publisher: String,
    /// URL of the publisher's logo.
    pub logo: Option<String>,
    /// The publisher's policies, by the names of the UI texts.
    pub policies: Vec<Link>,
    /// Pages outside the news.
    pub pages: Vec<Link>,
    /// The site's feeds: Atom, RSS, JSON.
    pub feeds: Vec<Link>,
    /// URL of `/archive/`.
    pub archive_url: String,
    /// URL of `/topics/`.
    pub topics_url: String,
    /// URL of `/entities/`.
    pub entities_url: String,
    /// URL of `/stories/`.
    pub stories_url: String,
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Ready for `href`.
    pub url: String,
    /// What it is called.
    pub name: Text,
}

/// A feed named in `<head>`.
#[derive(Debug, Clone, Serialize)]
pub struct HeadFeed {
    /// Ready for `href`.
    pub url: String,
    /// For an attribute.
    pub name: String,
}

/// What stands in `<head>` besides the style sheet.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// `<title>`, with the site's name.
    pub title: String,
    /// `og:title`, without it.
    pub og_title: String,
    /// Meta description, one or two sentences.
    pub description: String,
    /// Absolute URL of the page itself.
    pub canonical: String,
    /// `article`, `profile` or `website`.
    pub og_type: &'static str,
    /// `ar_AR`.
    pub og_locale: String,
    /// `index, follow, max-image-preview:large` or `noindex, follow`.
    pub robots: &'static str,
    /// Absolute URL of the card image.
    pub image: Option<HeadImage>,
    /// `article:published_time`, RFC 3339.
    pub published: Option<String>,
    /// `article:modified_time`, RFC 3339.
    pub modified: Option<String>,
    /// `article:section`.
    pub section: Option<String>,
    /// `article:tag`, one for each entity.
    pub tags: Vec<String>,
    /// Feeds of this page: title and URL of an Atom feed.
    pub feeds: Vec<HeadFeed>,
    /// URL of the previous page of a series (older).
    pub previous: Option<String>,
    /// URL of the next page of a series (newer).
    pub next: Option<String>,
    /// The page itself and its like in other languages, for `hreflang`; `x-default` last. Empty where there is only one.
    pub alternates: Vec<Alternate>,
    /// `og:locale:alternate`
    pub og_alternates: Vec<String>,
    /// Where the page's like in each other language is, or what is nearest to it.
    pub languages: Vec<LanguageLink>,
    /// The JSON-LD graph, safe inside `<script>`.
    pub json_ld: Markup,
}

/// A page in a language.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// BCP 47, or `x-default`.
    pub lang: String,
    /// Absolute.
    pub url: String,
}

/// A link of the switch between languages.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageLink {
    /// BCP 47
    pub lang: String,
    /// `rtl` or `ltr`
    pub dir: &'static str,
    /// What the language calls itself.
    pub name: String,
    /// Ready for `href`.
    pub url: String,
}

/// The image of social cards.
#[derive(Debug, Clone, Serialize)]
pub struct HeadImage {
    /// Absolute.
    pub url: String,
    /// What it shows.
    pub alt: String,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
}

/// A time for people and machines: `<time datetime="{iso}">{text}</time>`.
#[derive(Debug, Clone, Serialize)]
pub struct Time {
    /// RFC 3339, or a date alone.
    pub iso: String,
    /// In the site's language, calendar and numerals.
    pub text: String,
}

/// An image with its size, so that nothing jumps.
#[derive(Debug, Clone, Serialize)]
pub struct ImageView {
    /// Ready for `src`.
    pub src: String,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// What it shows, for an attribute.
    pub alt: String,
    /// Under the image.
    pub caption: Option<Text>,
    /// Whose it is.
    pub credit: Option<Text>,
}

/// An article as lists show it: kicker, headline, summary, time.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Ready for `href`.
    pub url: String,
    /// The headline, or the short one where there is one, in its own language.
    pub title: Text,
    /// BCP 47, if it differs from the site's.
    pub lang: Option<String>,
    /// `rtl` or `ltr`, if `lang` is given.
    pub dir: Option<&'static str>,
    /// Key of the kind of work (`news`, `fact_check`), for style.
    pub kind: &'static str,
    /// What kind of work it is, in words.
    pub kind_label: String,
    /// Its first topic, a [`Link`].
    pub topic: Option<tera::Value>,
    /// Standfirst.
    pub summary: Text,
    /// Date and time of day.
    pub time: Time,
    /// Time of day alone, for lists under a day's heading.
    pub hour: Time,
    /// The lead image.
    pub image: Option<ImageView>,
    /// The things to know.
    pub points: Vec<Text>,
}

/// Running text cut at a name: what stands before it, the name, what stands after it.
#[derive(Debug, Clone, Serialize)]
pub struct ExcerptView {
    /// Before the name.
    pub before: Markup,
    /// The name as written there.
    pub name: Markup,
    /// After the name. An island that holds the name begins before it and ends here.
    pub after: Markup,
}

/// An entity as a chip or line: name, kind, role, and how often.
#[derive(Debug, Clone, Serialize)]
pub struct EntityChip {
    /// Ready for `href`.
    pub url: String,
    /// Preferred spelling.
    pub name: Text,
    /// Key of the kind (`person`), absent for an entity without a file.
    pub kind: Option<&'static str>,
    /// The kind in words.
    pub kind_label: Option<String>,
    /// What it is, in one line; of a topic in the index the first sentence of its definition.
    pub role: Option<Text>,
    /// A count in words: `7 أخبار`.
    pub count: Option<String>,
}

/// A period with its own page, or only a count.
#[derive(Debug, Clone, Serialize)]
pub struct PeriodLink {
    /// Ready for `href`; absent where the period has no page.
    pub url: Option<String>,
    /// `سبتمبر 2023`
    pub name: String,
    /// `2023-09`
    pub iso: String,
    /// A count in words; empty for a month of the archive without news.
    pub count: String,
    /// Months of a year, on a list's own page and the archive.
    pub parts: Vec<PeriodLink>,
}

/// Articles under one day's or month's heading.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// `الأربعاء 13 سبتمبر 2023`; without the year on a page of that year.
    pub name: String,
    /// It is all of the page, whose heading says when.
    pub is_page: bool,
    /// `2023-09-13` or `2023-09`
    pub iso: String,
    /// The first ones, shown with a summary.
    pub items: Vec<ItemView>,
    /// The rest of a group that is too long for that, shown as headlines.
    pub more: Vec<ItemView>,
}

/// An article of a list, with the sentence that mentions what the list is about.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    /// The article.
    pub card: tera::Value,
    /// On an entity's page: the sentence around the first mention, where the article is shown in full.
    pub excerpt: Option<ExcerptView>,
    /// The other sentences with mentions: all of them where it is shown as a headline.
    pub further: Vec<ExcerptView>,
    /// How many these are, in words.
    pub n_further: String,
}
