//! Fingerprints: one hash of all that an output's bytes depend on. In: the newsroom and what a page shows.
//! Out: a [`Digest`]; equal digests mean equal bytes, so the output is not rendered. [`Fingerprints::of`] is the entry.
//!
//! A page depends on brief itself, the settings, the UI texts and its template (all of them in
//! [`Basis`]), and on the digests of what it shows. What a digest of a noun covers stands with the noun.

mod hash;

use std::collections::BTreeMap;

use self::hash::Hash;

use crate::{
    model::{
        Digest,
        newsroom::{ArticleIdx, ListId, Newsroom, Refs, Target},
        output::{
            ArticlePage, DayPage, FeedPage, FrontPage, IndexPage, ListPage, OverviewPage, Page,
            PeriodCount,
        },
        route::Route,
    },
    text::fold,
};

/// Broader topics that a breadcrumb names, and one more.
const BROADER: usize = 9;

/// What every page depends on, whatever it shows.
#[derive(Debug, Default)]
pub struct Basis {
    /// Of brief, the settings and the UI texts.
    pub shared: Digest,
    /// For each template: of it and of all that it includes, extends and calls.
    pub templates: BTreeMap<String, Digest>,
}

/// Makes fingerprints for one newsroom.
pub(super) struct Fingerprints<'a> {
    newsroom: &'a Newsroom,
    basis: &'a Basis,
    /// Of what a list shows of each article.
    cards: Vec<Digest>,
}

impl<'a> Fingerprints<'a> {
    /// Takes in the newsroom once, so that an article shown on many pages is hashed once.
    #[must_use]
    pub(super) fn new(newsroom: &'a Newsroom, basis: &'a Basis) -> Self {
        let cards = (0..).map(ArticleIdx).take(newsroom.articles.len());
        Self { newsroom, basis, cards: cards.map(|idx| card(newsroom, idx)).collect() }
    }

    /// The fingerprint of an output.
    #[must_use]
    pub(super) fn of(&self, route: &Route, page: &Page) -> Digest {
        let mut hash = Hash::default();
        hash.digest(self.basis.shared).text(route.as_str());
        if let Some(template) = page.template() {
            hash.text(template);
            hash.digest(self.basis.templates.get(template).copied().unwrap_or_default());
        }
        self.page(page, &mut hash);
        hash.finish()
    }

    fn page(&self, page: &Page, hash: &mut Hash) {
        match page {
            Page::Front(page) => self.front(page, hash),
            Page::Article(page) => self.article(page, hash),
            Page::Day(page) => self.day(page, hash),
            Page::Month(page) | Page::Year(page) | Page::Archive(page) => self.overview(page, hash),
            Page::List(page) => self.list(page, hash),
            Page::Index(page) => self.index(page, hash),
            Page::Static(idx) => {
                let page = &self.newsroom.pages[*idx as usize];
                hash.digest(page.digest);
                self.refs(self.newsroom.refs.get(&page.source), hash);
            }
            Page::Redirect(to) => {
                hash.text(to.as_str());
            }
            Page::Feed(page) => self.feed(page, hash),
            Page::Opml => self.opml(hash),
            Page::SitemapIndex(routes) => {
                routes.iter().for_each(|route| _ = hash.text(route.as_str()));
                self.newsroom.articles.iter().for_each(|article| _ = hash.digest(article.digest));
            }
            Page::SitemapPages(routes) => {
                routes.iter().for_each(|route| _ = hash.text(route.as_str()));
            }
            // Its policy on scripts depends on which files there are.
            Page::Headers => {
                let statics = self.newsroom.statics.iter();
                statics.for_each(|(path, file)| _ = hash.text(path).text(file.route.as_str()));
            }
            Page::SitemapMonth(articles) | Page::NewsSitemap(articles) => {
                self.cards(articles, hash)
            }
            Page::Redirects(pairs) => {
                pairs.iter().for_each(|(from, to)| _ = hash.text(from.as_str()).text(to.as_str()));
            }
            Page::StaticFile(path) => {
                hash.digest(
                    self.newsroom.statics.get(path).map(|it| it.digest).unwrap_or_default(),
                );
            }
            Page::Media(path) => self.media(path, hash),
            Page::NotFound | Page::Robots => {
                self.newsroom.pages.iter().for_each(|page| _ = hash.digest(page.digest));
            }
        }
    }

    fn front(&self, page: &FrontPage, hash: &mut Hash) {
        let FrontPage { date, briefing, lead, follow_ups, secondary, background, .. } = page;
        hash.debug(date);
        for articles in [briefing, follow_ups, secondary, background] {
            self.cards(articles, hash);
        }
        self.cards(lead.as_slice(), hash);
        for (story, newest, count) in &page.stories {
            hash.number(*count).digest(self.newsroom.story(*story).digest);
            self.cards(&[*newest], hash);
            self.milestones(ListId::Story(*story), hash);
        }
        for (topic, articles) in &page.bands {
            hash.digest(self.newsroom.topic(*topic).digest);
            self.cards(articles, hash);
        }
        for (entity, count) in &page.in_the_news {
            hash.number(*count).digest(self.newsroom.entity(*entity).digest);
        }
        hash.debug(&page.editions);
        if let Some(edition) = date.and_then(|date| self.newsroom.editions.get(&date)) {
            hash.digest(edition.digest);
        }
    }

    fn article(&self, page: &ArticlePage, hash: &mut Hash) {
        self.content(page.article, hash);
        for (earlier, shares) in &page.earlier {
            self.cards(&[*earlier], hash);
            self.target(*shares, hash);
        }
        self.cards(page.story_previous.as_slice(), hash);
        hash.text("next");
        self.cards(page.story_next.as_slice(), hash);
    }

    /// An article with its body and all that its body shows.
    fn content(&self, idx: ArticleIdx, hash: &mut Hash) {
        let ties = self.newsroom.ties(idx);
        self.cards(&[idx], hash);
        hash.digest(self.newsroom.article(idx).body_digest);
        for mention in &ties.mentions {
            hash.debug(&mention.places);
        }
        for entity in ties.entities() {
            hash.digest(self.newsroom.entity(entity).digest)
                .digest(self.route(Target::Entity(entity)));
        }
        for topic in &ties.topics {
            hash.digest(self.newsroom.topic(*topic).digest);
        }
        if let Some(story) = ties.story {
            hash.digest(self.newsroom.story(story).digest);
        }
        self.refs(Some(&ties.refs), hash);
    }

    fn day(&self, page: &DayPage, hash: &mut Hash) {
        hash.debug(&page.date).debug(&page.previous).debug(&page.next);
        self.cards(&page.main, hash);
        hash.text("brief");
        self.cards(&page.brief, hash);
        if let Some(edition) = self.newsroom.editions.get(&page.date) {
            hash.digest(edition.digest);
            self.refs(self.newsroom.refs.get(&edition.source), hash);
        }
    }

    fn overview(&self, page: &OverviewPage, hash: &mut Hash) {
        hash.debug(&page.period).debug(&page.previous).debug(&page.next);
        parts(&page.parts, hash);
        for (date, articles) in &page.highlights {
            hash.debug(date);
            self.cards(articles, hash);
        }
    }

    fn list(&self, page: &ListPage, hash: &mut Hash) {
        self.list_digest(page.list, hash);
        hash.debug(&page.period).debug(&page.previous).debug(&page.next).number(page.total);
        parts(&page.parts, hash);
        for group in &page.groups {
            hash.debug(&group.period);
            for &idx in &group.articles {
                self.cards(&[idx], hash);
                self.excerpt(page.list, idx, hash);
            }
        }
        self.standing(page.list, hash);
        if page.period.is_none() {
            self.profile(page, hash);
        }
    }

    /// What calendar pages show of a list too: the broader topics of a topic, whether an entity is thin.
    fn standing(&self, list: ListId, hash: &mut Hash) {
        match list {
            ListId::Topic(mut idx) => {
                for _ in 0..BROADER {
                    let Some(parent) = self.newsroom.parent(idx) else { return };
                    self.target(Target::Topic(parent), hash);
                    idx = parent;
                }
            }
            ListId::Entity(idx) => _ = hash.number(usize::from(self.newsroom.is_thin(idx))),
            ListId::Story(_) => {}
        }
    }

    fn excerpt(&self, list: ListId, idx: ArticleIdx, hash: &mut Hash) {
        if let ListId::Entity(entity) = list
            && let Some(mention) = self.newsroom.mention(idx, entity)
        {
            let excerpt = &mention.excerpt;
            hash.text(&excerpt.before).text(&excerpt.name).text(&excerpt.after);
        }
    }

    fn profile(&self, page: &ListPage, hash: &mut Hash) {
        let profile = &page.profile;
        hash.debug(&profile.per_month);
        self.cards(profile.latest.as_slice(), hash);
        self.cards(profile.first.as_slice(), hash);
        for (entity, count) in &profile.appears_with {
            hash.number(*count).digest(self.newsroom.entity(*entity).digest);
        }
        for story in &profile.stories {
            hash.digest(self.newsroom.story(*story).digest);
            self.cards(self.newsroom.list(ListId::Story(*story)), hash);
            self.milestones(ListId::Story(*story), hash);
        }
        profile
            .narrower
            .iter()
            .for_each(|topic| _ = hash.digest(self.newsroom.topic(*topic).digest));
        self.milestones(page.list, hash);
        self.related(page.list, hash);
    }

    /// The articles that a story's milestones lead to.
    fn milestones(&self, list: ListId, hash: &mut Hash) {
        let ListId::Story(story) = list else { return };
        for milestone in &self.newsroom.story(story).milestones {
            if let Some(written) = &milestone.article {
                match self.newsroom.named_article(&written.text) {
                    Some(idx) => self.target(Target::Article(idx), hash),
                    None => _ = hash.text(&written.text),
                }
            }
        }
    }

    /// A broader topic, the entities of a fact box, and what the text refers to.
    fn related(&self, list: ListId, hash: &mut Hash) {
        let source = match list {
            ListId::Topic(idx) => {
                let topic = self.newsroom.topic(idx);
                &topic.source
            }
            ListId::Entity(idx) => {
                let entity = self.newsroom.entity(idx);
                for fact in &entity.facts {
                    let bearers = self.newsroom.names.by_id.get(&fold::key(&fact.value.text));
                    bearers.into_iter().flatten().for_each(|it| self.target(*it, hash));
                }
                &entity.source
            }
            ListId::Story(idx) => &self.newsroom.story(idx).source,
        };
        self.refs(self.newsroom.refs.get(source), hash);
    }

    fn index(&self, page: &IndexPage, hash: &mut Hash) {
        hash.debug(&page.kind);
        for (list, count) in &page.items {
            self.list_digest(*list, hash);
            hash.number(*count);
            if matches!(list, ListId::Story(_)) {
                self.cards(self.newsroom.list(*list), hash);
                self.milestones(*list, hash);
            }
        }
    }

    fn feed(&self, page: &FeedPage, hash: &mut Hash) {
        hash.debug(&page.format);
        page.list.iter().for_each(|list| self.list_digest(*list, hash));
        for &idx in &page.items {
            self.content(idx, hash);
            // Two articles of one day with one stem are told apart by their paths in feed ids.
            let article = self.newsroom.article(idx);
            let that_day = self.newsroom.days.get(&article.date.day()).into_iter().flatten();
            let namesakes = that_day.filter(|it| self.newsroom.article(**it).stem == article.stem);
            hash.number(namesakes.count()).text(&article.source);
        }
    }

    fn opml(&self, hash: &mut Hash) {
        for list in self.newsroom.lists() {
            self.list_digest(list, hash);
            if let ListId::Entity(idx) = list {
                hash.number(usize::from(self.newsroom.is_thin(idx)));
            }
        }
    }

    fn list_digest(&self, list: ListId, hash: &mut Hash) {
        hash.digest(match list {
            ListId::Topic(idx) => self.newsroom.topic(idx).digest,
            ListId::Entity(idx) => self.newsroom.entity(idx).digest,
            ListId::Story(idx) => self.newsroom.story(idx).digest,
        });
    }

    fn cards(&self, articles: &[ArticleIdx], hash: &mut Hash) {
        hash.number(articles.len());
        articles.iter().for_each(|idx| _ = hash.digest(self.cards[idx.0 as usize]));
    }

    fn refs(&self, refs: Option<&Refs>, hash: &mut Hash) {
        for target in refs.into_iter().flat_map(|refs| &refs.targets) {
            self.target(*target, hash);
        }
        refs.into_iter().flat_map(|refs| &refs.media).for_each(|path| self.media(path, hash));
    }

    fn target(&self, target: Target, hash: &mut Hash) {
        hash.digest(self.route(target)).text(self.newsroom.name(target));
    }

    fn route(&self, target: Target) -> Digest {
        Digest::of(self.newsroom.route(target).as_str().as_bytes())
    }

    fn media(&self, path: &str, hash: &mut Hash) {
        hash.text(path);
        if let Some(media) = self.newsroom.media.get(path) {
            hash.digest(media.digest).text(media.route.as_str());
        }
    }
}

fn parts(parts: &[PeriodCount], hash: &mut Hash) {
    parts.iter().for_each(|part| _ = hash.debug(part));
}

/// What a list shows of an article.
fn card(newsroom: &Newsroom, idx: ArticleIdx) -> Digest {
    let (article, ties) = (newsroom.article(idx), newsroom.ties(idx));
    let mut hash = Hash::default();
    hash.digest(article.digest).text(ties.route.as_str());
    if let Some(topic) = ties.topics.first() {
        let topic = newsroom.topic(*topic);
        hash.text(&topic.id).text(&topic.name);
    }
    for media in ties.refs.media.iter().filter_map(|path| newsroom.media.get(path)) {
        hash.digest(media.digest);
    }
    hash.finish()
}
