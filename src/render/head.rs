//! `<head>`: title, description, canonical URL, Open Graph, feeds. In: what differs from page to page ([`Draft`]).
//! Out: a [`Head`]. [`head`] is the entry.

use super::{
    desk::Desk,
    twins::Twin,
    view::{Alternate, Head, HeadFeed, HeadImage, LanguageLink, Markup},
};
use crate::{
    model::{
        config::{Language, is_rtl},
        route::{self, Route},
        tongue::Tongue,
    },
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
    /// The page itself and its like in other languages.
    pub(super) twins: Vec<Twin>,
    /// Where readers of a language are led in which the page has no like, as a route of the site's own; the front page if
    /// nothing is said.
    pub(super) otherwise: Option<Route>,
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
        og_alternates: og_alternates(desk, &draft.twins),
        alternates: alternates(desk, &draft.twins),
        languages: languages(desk, &draft.twins, draft.otherwise.as_ref()),
        json_ld: Markup::new(&draft.json_ld),
    }
}

/// The twins that search engines are to know, if the page itself is one of them and not alone.
fn offered<'t>(desk: &Desk<'_>, twins: &'t [Twin]) -> Vec<&'t Twin> {
    let offered: Vec<&Twin> = twins.iter().filter(|twin| twin.is_offered).collect();
    let has_own = offered.iter().any(|twin| twin.tongue == desk.newsroom.tongue);
    if has_own && offered.len() > 1 { offered } else { Vec::new() }
}

/// `hreflang` of each, and for everybody else the site's own language, or the first that there is.
fn alternates(desk: &Desk<'_>, twins: &[Twin]) -> Vec<Alternate> {
    let offered = offered(desk, twins);
    let config = &desk.newsroom.config;
    let of = |lang: &str, twin: &Twin| Alternate {
        lang: lang.to_owned(),
        url: desk.absolute(&twin.route),
    };
    let default = offered.iter().min_by_key(|twin| twin.tongue).map(|twin| of("x-default", twin));
    let each = offered.iter().map(|twin| of(config.tag(twin.tongue), twin));
    each.chain(default).collect()
}

fn og_alternates(desk: &Desk<'_>, twins: &[Twin]) -> Vec<String> {
    let newsroom = desk.newsroom;
    let others = offered(desk, twins).into_iter().filter(|twin| twin.tongue != newsroom.tongue);
    others.map(|twin| og_locale(newsroom.config.tag(twin.tongue))).collect()
}

/// The switch: every other language.
fn languages(desk: &Desk<'_>, twins: &[Twin], otherwise: Option<&Route>) -> Vec<LanguageLink> {
    let newsroom = desk.newsroom;
    let config = &newsroom.config;
    let others = config.tongues().zip(&config.languages).filter(|(it, _)| *it != newsroom.tongue);
    let link = |(tongue, language): (Tongue, &Language)| {
        let twin = twins.iter().find(|twin| twin.tongue == tongue).map(|twin| twin.route.clone());
        let route = twin.unwrap_or_else(|| {
            newsroom.at_in(tongue, otherwise.cloned().unwrap_or_else(route::front))
        });
        LanguageLink {
            lang: language.tag.clone(),
            dir: if is_rtl(&language.tag) { "rtl" } else { "ltr" },
            name: language.name.clone(),
            url: desk.url(&route),
        }
    };
    others.map(link).collect()
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
