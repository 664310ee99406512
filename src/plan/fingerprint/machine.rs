//! What outputs for programs and hosts depend on. In: a feed, a sitemap, a file that is published as it is. Out: its inputs, in
//! the walk's sink.

use super::{Walk, named, sink::Sink};
use crate::model::{
    hash::Hash,
    newsroom::{ArticleId, ListId, Place},
    output::{FeedPage, Page},
    route::Route,
};
use crate::plan::lists;

impl<S: Sink> Walk<'_, S> {
    /// What is for hosts, or published as it is.
    pub(super) fn file(&mut self, page: &Page) {
        let newsroom = self.newsroom;
        match page {
            Page::Redirect(to) => self.rest_text(to.as_str()),
            Page::SitemapIndex(routes) | Page::SitemapPages(routes) => self.routes(routes),
            // Its policy on scripts depends on which files there are.
            Page::Headers => newsroom.statics.iter().for_each(|(path, file)| {
                self.sink.input(
                    |hash| _ = hash.text(path).text(file.route.as_str()),
                    || named::static_file(newsroom, path),
                );
            }),
            Page::Redirects(pairs) => pairs.iter().for_each(|(from, to)| {
                self.sink.rest(|hash| _ = hash.text(from.as_str()).text(to.as_str()));
            }),
            Page::StaticFile(path) => {
                let digest = newsroom.statics.get(path).map(|it| it.digest).unwrap_or_default();
                self.sink
                    .input(|hash| _ = hash.digest(digest), || named::static_file(newsroom, path));
            }
            Page::Media(path) => self.media(path),
            _ => {}
        }
    }

    pub(super) fn routes(&mut self, routes: &[Route]) {
        routes.iter().for_each(|route| self.rest_text(route.as_str()));
    }

    /// Addresses, and of articles when they were changed.
    pub(super) fn sitemap(&mut self, routes: &[Route], articles: &[ArticleId]) {
        self.routes(routes);
        let newsroom = self.newsroom;
        for &id in articles {
            let place = newsroom.archive.place(id);
            let feed = |hash: &mut Hash| {
                if let Some(Place { route, modified }) = &place {
                    hash.text(route.as_str()).debug(modified);
                }
            };
            self.sink.input(feed, || named::place(newsroom, id));
        }
    }

    pub(super) fn feed(&mut self, page: &FeedPage) {
        self.sink.rest(|hash| _ = hash.debug(&page.format));
        page.list.iter().for_each(|list| self.whole_list(*list));
        for &id in &page.items {
            self.content(id);
        }
    }

    pub(super) fn opml(&mut self) {
        for list in lists::all(self.newsroom) {
            self.whole_list(list);
            if let ListId::Entity(idx) = list {
                self.number(usize::from(self.newsroom.is_thin(idx)));
            }
        }
    }
}
