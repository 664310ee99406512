//! `<head>`: title, description, canonical URL, Open Graph, feeds. In: what differs from page to page ([`Draft`]).
//! Out: a [`Head`]. [`head`] is the entry.

use super::{
    desk::Desk,
    view::{Head, HeadFeed, HeadImage, Markup},
};
use crate::{
    model::route::Route,
    text::{
        bidi::{self, Manner},
        words,
    },
};

/// The longest description, in characters.
const DESCRIPTION: usize = 200;

/// What differs from page to page.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Without the site's name.
    pub(super) title: String,
    /// BCP 47, if it is not the site's.
    pub(super) language: Option<String>,
    /// Plain text of any length.
    pub(super) description: String,
    /// `article` for articles.
    pub(super) is_article: bool,
    /// Whether search engines should leave the page out.
    pub(super) hidden: bool,
    /// Card image.
    pub(super) image: Option<HeadImage>,
    /// Feed of this page.
    pub(super) feed: Option<HeadFeed>,
    /// Page before in a series.
    pub(super) previous: Option<String>,
    /// Page after in a series.
    pub(super) next: Option<String>,
    /// Already safe in `<script>`.
    pub(super) json_ld: String,
}

/// The head of a page at `route`.
pub(super) fn head(desk: &Desk<'_>, route: &Route, draft: Draft) -> Head {
    let config = &desk.newsroom.config;
    let site = config.title.as_str();
    let title = if draft.title.is_empty() || draft.title == site {
        site.to_owned()
    } else {
        format!("{} | {site}", draft.title)
    };
    let description =
        if draft.description.is_empty() { &config.description } else { &draft.description };
    // A title in another language runs as that language does.
    let language = draft.language.as_deref().unwrap_or(&config.language);
    let manner = Manner::of(language);
    let own = if draft.title.is_empty() { site } else { &draft.title };
    Head {
        title: bidi::title(&title, manner).into_owned(),
        og_title: bidi::title(own, manner).into_owned(),
        description: bidi::plain(&words::cut(description, DESCRIPTION), manner).into_owned(),
        canonical: desk.absolute(route),
        og_type: if draft.is_article { "article" } else { "website" },
        og_locale: og_locale(&config.language),
        robots: if draft.hidden {
            "noindex, follow"
        } else {
            "index, follow, max-image-preview:large"
        },
        image: draft.image,
        published: None,
        modified: None,
        section: None,
        tags: Vec::new(),
        feeds: draft.feed.into_iter().collect(),
        previous: draft.previous,
        next: draft.next,
        json_ld: Markup::new(&draft.json_ld),
    }
}

/// Open Graph wants `language_TERRITORY`.
fn og_locale(language: &str) -> String {
    let mut parts = language.split(['-', '_']);
    let base = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    let usual = match base.as_str() {
        "ar" => "AR",
        "fa" => "IR",
        "ur" => "PK",
        "he" => "IL",
        "en" => "US",
        _ => return region.map_or_else(|| base.clone(), |region| format!("{base}_{region}")),
    };
    format!("{base}_{}", region.as_deref().unwrap_or(usual))
}
