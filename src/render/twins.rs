//! The same page in other languages of the site. In: a page. Out: its [`Twin`]s, itself among them; none on a site of one
//! language. One function for each kind of page.

use crate::{
    archive::Newsroom,
    model::{
        edition::StaticPage,
        newsroom::{ArticleId, ListId, Target},
        output::Period,
        route::Route,
        tongue::Tongue,
    },
};

/// A page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Twin {
    pub(super) tongue: Tongue,
    pub(super) route: Route,
    /// Whether search engines are to know it.
    pub(super) is_offered: bool,
}

fn twin((tongue, route): (Tongue, Route)) -> Twin {
    Twin { tongue, route, is_offered: true }
}

/// Of a page that every language has; `route` is that of the site's own.
pub(super) fn everywhere(newsroom: &Newsroom, route: &Route) -> Vec<Twin> {
    let tongues = newsroom.config.tongues().filter(|_| newsroom.config.is_multilingual());
    tongues.map(|it| twin((it, newsroom.at_in(it, route.clone())))).collect()
}

/// Of an article: its translations.
pub(super) fn of_article(newsroom: &Newsroom, id: ArticleId) -> Vec<Twin> {
    let route = |(tongue, id)| (tongue, newsroom.route(Target::Article(id)));
    newsroom.translations(id).into_iter().map(route).map(twin).collect()
}

/// Of a page outside the news: those of the same path.
pub(super) fn of_page(newsroom: &Newsroom, page: &StaticPage) -> Vec<Twin> {
    let pages = (0..).zip(&newsroom.registry.pages).filter(|(_, it)| it.path == page.path);
    let pages = pages.filter(|_| newsroom.config.is_multilingual());
    pages.map(|(idx, it)| twin((it.tongue, newsroom.route(Target::Page(idx))))).collect()
}

/// Of a list. Its calendar pages are divided otherwise in each language, so they lead to its own page, and are nobody's twins
/// to search engines.
pub(super) fn of_list(newsroom: &Newsroom, list: ListId, period: Option<Period>) -> Vec<Twin> {
    let tongues = newsroom.config.tongues().filter(|_| newsroom.config.is_multilingual());
    let tongues = tongues.filter(|tongue| newsroom.has_list(*tongue, list));
    let twin = |tongue| Twin {
        tongue,
        route: newsroom.list_route_in(tongue, list),
        is_offered: period.is_none() && newsroom.is_offered(tongue, list),
    };
    tongues.map(twin).collect()
}
