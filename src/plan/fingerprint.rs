//! Fingerprints: one hash of all that an output's bytes depend on. In: the newsroom and what a page shows. Out: a [`Digest`]
//! ([`of`]); equal digests mean equal bytes, so the output is not rendered. The same way over a page gives every input by its
//! name ([`explained`]), so the two cannot disagree.
//!
//! A page depends on brief itself, the settings, the UI texts and its template (all of them in
//! [`Basis`]), and on the digests of what it shows. What a digest of a noun covers stands with the noun.

mod machine;
mod named;
mod sink;

use self::sink::{Recorder, Sink};
use super::inputs::{Basis, Input, What};
use crate::{
    archive::Newsroom,
    model::{
        Digest,
        article::BodyLink,
        edition::{Edition, StaticPage},
        hash::Hash,
        links::{Names, Resolved},
        newsroom::{ArticleId, ListId, Target},
        output::{
            ArticlePage, DayPage, FrontPage, IndexPage, ListPage, OverviewPage, Page, PeriodCount,
        },
        page_id::PageId,
        route::Route,
    },
    text::fold,
};

/// Broader topics that a breadcrumb names, and one more.
const BROADER: usize = 9;

/// Where an output stands, and what it shows.
pub(super) type Shown<'s> = (&'s PageId, &'s Route, &'s Page);

/// The fingerprint of an output.
#[must_use]
pub(super) fn of(newsroom: &Newsroom, basis: &Basis, shown: Shown<'_>) -> Digest {
    let mut walk = Walk { newsroom, sink: Hash::default() };
    walk.output(basis, shown);
    walk.sink.finish()
}

/// The fingerprint of an output, and every input that it covers, in the order in which the output shows them.
#[must_use]
pub(super) fn explained(
    newsroom: &Newsroom,
    basis: &Basis,
    shown: Shown<'_>,
) -> (Digest, Vec<Input>) {
    let mut walk = Walk { newsroom, sink: Recorder::default() };
    walk.output(basis, shown);
    walk.sink.finish()
}

/// Goes over what an output shows.
struct Walk<'a, S> {
    newsroom: &'a Newsroom,
    sink: S,
}

impl<S: Sink> Walk<'_, S> {
    fn output(&mut self, basis: &Basis, (id, route, page): Shown<'_>) {
        self.page(page);
        self.rest_text(route.as_str());
        if let Some(name) = id.template() {
            let template = basis.templates.get(name);
            let digest = template.map(|it| it.digest).unwrap_or_default();
            self.rest_text(name);
            self.sink.input(
                |hash| _ = hash.digest(digest),
                || template.cloned().unwrap_or_else(|| Input::new(What::Template, name, "")),
            );
        }
        let shared = &basis.shared;
        self.sink.input(|hash| _ = hash.digest(shared.digest), || shared.clone());
    }

    fn rest_text(&mut self, text: &str) {
        self.sink.rest(|hash| _ = hash.text(text));
    }

    fn page(&mut self, page: &Page) {
        match page {
            Page::Front(page) => self.front(page),
            Page::Article(page) => self.article(page),
            Page::Day(page) => self.day(page),
            Page::Month(page) | Page::Year(page) | Page::Archive(page) => self.overview(page),
            Page::List(page) => self.list(page),
            Page::Index(page) => self.index(page),
            Page::Static(idx) => {
                let page = &self.newsroom.registry.pages[*idx as usize];
                self.static_page(page);
                self.links(&page.source, self.newsroom.registry.links_of(&page.source));
            }
            Page::Feed(page) => self.feed(page),
            Page::Opml => self.opml(),
            Page::SitemapMonth(routes, articles) => self.sitemap(routes, articles),
            Page::NewsSitemap(articles) => self.cards(articles),
            Page::NotFound | Page::Robots => {
                self.newsroom.registry.pages.iter().for_each(|page| self.static_page(page));
            }
            page => self.file(page),
        }
    }

    fn static_page(&mut self, page: &StaticPage) {
        self.sink.input(
            |hash| _ = hash.digest(page.digest),
            || Input::new(What::Page, &page.title, &page.source),
        );
    }

    fn front(&mut self, page: &FrontPage) {
        let FrontPage { date, briefing, lead, follow_ups, secondary, background, .. } = page;
        self.sink.rest(|hash| _ = hash.debug(date));
        self.cards(lead.as_slice());
        for articles in [briefing, follow_ups, secondary, background] {
            self.cards(articles);
        }
        for (story, newest, count) in &page.stories {
            self.number(*count);
            self.whole_list(ListId::Story(*story));
            self.cards(&[*newest]);
            self.milestones(ListId::Story(*story));
        }
        for (topic, articles) in &page.bands {
            self.whole_list(ListId::Topic(*topic));
            self.cards(articles);
        }
        for (entity, count) in &page.in_the_news {
            self.number(*count);
            self.whole_list(ListId::Entity(*entity));
        }
        self.sink.rest(|hash| _ = hash.debug(&page.editions));
        if let Some(filed) = date.and_then(|date| self.newsroom.edition(date)) {
            self.edition(&filed.edition);
        }
    }

    fn edition(&mut self, edition: &Edition) {
        self.sink.input(
            |hash| _ = hash.digest(edition.digest),
            || {
                let title = edition.title.as_deref().unwrap_or_default();
                Input::new(What::Edition, title, &edition.source)
            },
        );
    }

    fn article(&mut self, page: &ArticlePage) {
        self.content(page.article);
        for (earlier, shares) in &page.earlier {
            self.cards(&[*earlier]);
            self.target(*shares);
        }
        self.cards(page.story_previous.as_slice());
        self.rest_text("next");
        self.cards(page.story_next.as_slice());
        for (tongue, id) in self.newsroom.translations(page.article) {
            self.number(tongue.0.into());
            self.target(Target::Article(id));
        }
    }

    /// An article with its body and all that its body shows.
    fn content(&mut self, id: ArticleId) {
        let newsroom = self.newsroom;
        let row = newsroom.row(id);
        self.sink.input(|hash| _ = hash.digest(row.card), || named::card(newsroom, id));
        self.sink.input(|hash| _ = hash.digest(row.content), || named::text(newsroom, id));
        self.sink
            .input(|hash| _ = hash.digest(row.refs), || named::article_references(newsroom, id));
        for list in row.lists() {
            self.whole_list(list);
            self.number(newsroom.tongue_of_list(list).0.into());
            self.rest_text(newsroom.list_id(list));
        }
        if newsroom.config.is_multilingual() {
            // Which page of a topic or entity a link leads to depends on the languages in which there is one.
            let filed = newsroom.article(id);
            self.links(&filed.summary.source, &filed.links);
        }
    }

    fn day(&mut self, page: &DayPage) {
        self.sink.rest(|hash| _ = hash.debug(&page.date).debug(&page.previous).debug(&page.next));
        self.cards(&page.main);
        self.rest_text("brief");
        self.cards(&page.brief);
        if let Some(filed) = self.newsroom.edition(page.date) {
            self.edition(&filed.edition);
            self.links(&filed.edition.source, &filed.links);
        }
    }

    fn overview(&mut self, page: &OverviewPage) {
        self.sink.rest(|hash| _ = hash.debug(&page.period).debug(&page.previous).debug(&page.next));
        self.parts(&page.parts);
        for (date, articles) in &page.highlights {
            self.sink.rest(|hash| _ = hash.debug(date));
            self.cards(articles);
        }
    }

    fn list(&mut self, page: &ListPage) {
        self.whole_list(page.list);
        self.sink.rest(|hash| _ = hash.debug(&page.period).debug(&page.previous).debug(&page.next));
        self.number(page.total);
        self.parts(&page.parts);
        for group in &page.groups {
            self.sink.rest(|hash| _ = hash.debug(&group.period));
            for &id in &group.articles {
                self.cards(&[id]);
                self.excerpt(page.list, id);
            }
        }
        self.standing(page.list);
        if self.newsroom.config.is_multilingual() {
            for tongue in self.newsroom.config.tongues() {
                self.number(usize::from(self.newsroom.has_list(tongue, page.list)));
                self.number(usize::from(self.newsroom.is_offered(tongue, page.list)));
            }
        }
        if page.period.is_none() {
            self.profile(page);
        }
    }

    /// What calendar pages show of a list too: the broader topics of a topic, whether an entity is thin.
    fn standing(&mut self, list: ListId) {
        match list {
            ListId::Topic(mut idx) => {
                for _ in 0..BROADER {
                    let Some(parent) = self.newsroom.parent(idx) else { return };
                    self.target(Target::Topic(parent));
                    idx = parent;
                }
            }
            ListId::Entity(idx) => self.number(usize::from(self.newsroom.is_thin(idx))),
            ListId::Story(_) => {}
        }
    }

    /// The sentences around the mentions of an entity: they follow from the body and what that leads to.
    fn excerpt(&mut self, list: ListId, id: ArticleId) {
        if let ListId::Entity(_) = list {
            let newsroom = self.newsroom;
            let [_, content, refs] = newsroom.digests(id);
            self.sink.input(
                |hash| _ = hash.digest(content).digest(refs),
                || named::mention(newsroom, id),
            );
        }
    }

    fn profile(&mut self, page: &ListPage) {
        let profile = &page.profile;
        self.sink.rest(|hash| _ = hash.debug(&profile.per_month).debug(&profile.spellings));
        self.cards(profile.latest.as_slice());
        self.cards(profile.first.as_slice());
        for (entity, count) in &profile.appears_with {
            self.number(*count);
            self.whole_list(ListId::Entity(*entity));
        }
        for story in &profile.stories {
            self.whole_list(ListId::Story(*story));
            self.milestones(ListId::Story(*story));
        }
        profile.narrower.iter().for_each(|topic| self.whole_list(ListId::Topic(*topic)));
        self.milestones(page.list);
        self.related(page.list);
    }

    /// The articles that a story's milestones lead to.
    fn milestones(&mut self, list: ListId) {
        let ListId::Story(story) = list else { return };
        let newsroom = self.newsroom;
        for milestone in &newsroom.story(story).milestones {
            if let Some(written) = &milestone.article {
                match newsroom.named_article(&written.text) {
                    Some(idx) => self.target(Target::Article(idx)),
                    None => self.rest_text(&written.text),
                }
            }
        }
    }

    /// A broader topic, the entities of a fact box, and what the text refers to.
    fn related(&mut self, list: ListId) {
        let newsroom = self.newsroom;
        let source = match list {
            ListId::Topic(idx) => &newsroom.topic(idx).source,
            ListId::Entity(idx) => {
                let entity = newsroom.entity(idx);
                for fact in &entity.facts {
                    let bearers = newsroom.by_id(&fold::key(&fact.value.text));
                    bearers.into_iter().for_each(|it| self.target(it));
                }
                &entity.source
            }
            ListId::Story(idx) => &newsroom.story(idx).source,
        };
        self.links(source, newsroom.registry.links_of(source));
    }

    fn index(&mut self, page: &IndexPage) {
        self.sink.rest(|hash| _ = hash.debug(&page.kind));
        for list in &page.items {
            self.whole_list(*list);
            if let ListId::Story(_) = list {
                let newest: Vec<_> =
                    self.newsroom.newest(*list).take(1).map(|item| item.id).collect();
                self.number(self.newsroom.count((*list).into()));
                self.cards(&newest);
                self.milestones(*list);
            }
        }
    }

    /// A topic, entity or story with all that its file says.
    fn whole_list(&mut self, list: ListId) {
        let newsroom = self.newsroom;
        let digest = newsroom.list_digest(list);
        self.sink.input(|hash| _ = hash.digest(digest), || named::list(newsroom, list));
    }

    /// What lists show of articles.
    fn cards(&mut self, articles: &[ArticleId]) {
        self.number(articles.len());
        let newsroom = self.newsroom;
        for &id in articles {
            let digest = newsroom.card_digest(id);
            self.sink.input(|hash| _ = hash.digest(digest), || named::card(newsroom, id));
            if let Some(route) = newsroom.topic_of_foreign(id) {
                self.rest_text(route.as_str());
            }
        }
    }

    /// All that a page shows of what a text refers to.
    fn links(&mut self, source: &str, links: &[BodyLink]) {
        let newsroom = self.newsroom;
        for link in links {
            match newsroom.resolve(source, &link.dest.text, link.kind) {
                Resolved::Target(target, _) => self.target(target),
                Resolved::File(path) => self.media(&path),
                Resolved::AsWritten => {
                    let path = link.dest.text.strip_prefix('/').unwrap_or_default();
                    if let Some(file) = newsroom.statics.get(path) {
                        self.sink.input(
                            |hash| _ = hash.debug(&file.size),
                            || named::static_file(newsroom, path),
                        );
                    }
                }
                Resolved::Unpublished | Resolved::Ambiguous(_) | Resolved::Missing => {
                    self.rest_text("nothing");
                }
            }
        }
    }

    /// The name and the address of what is linked to.
    fn target(&mut self, target: Target) {
        let newsroom = self.newsroom;
        let (route, name) = (newsroom.route(target), newsroom.name(target));
        self.sink.input(
            |hash| _ = hash.text(route.as_str()).text(&name),
            || named::target(newsroom, target),
        );
    }

    fn media(&mut self, path: &str) {
        let media = self.newsroom.media(path);
        let feed = |hash: &mut Hash| {
            hash.text(path);
            if let Some(media) = &media {
                hash.digest(media.digest).text(media.route.as_str());
            }
        };
        self.sink.input(feed, || Input::new(What::File, "", path));
    }

    fn number(&mut self, number: usize) {
        self.sink.rest(|hash| _ = hash.number(number));
    }

    fn parts(&mut self, parts: &[PeriodCount]) {
        parts.iter().for_each(|part| self.sink.rest(|hash| _ = hash.debug(part)));
    }
}
