//! One output → its bytes. In: a [`Newsroom`], a [`theme::Theme`], a locale, and a way to read a source again.
//! Out: bytes in a buffer that is used again. [`Renderer::render`] is the entry; it changes nothing, so every thread
//! may call it.

mod body;
mod build;
mod chart;
mod desk;
mod feeds;
mod head;
mod host;
mod json_ld;
mod sitemaps;
pub mod theme;
mod twins;
pub mod ui;
pub mod view;

use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Value};

pub use desk::{Desk, below};

use self::{build::site_view, theme::Theme, ui::Ui, view::Head};
use crate::{
    archive::{Newsroom, Recent},
    diag::{Diagnostic, Place},
    model::{
        newsroom::{ArticleId, EntityIdx, Excerpt, Filed, ListId, Target, TopicIdx},
        output::{FeedFormat, FeedPage, Output, Page},
        route::Route,
    },
    text::locale::Locale,
};

/// Articles whose cards are kept, of however many there are: pages that are made one after the other show the same ones.
const RECENT_CARDS: usize = 4608;
/// The same for their entries in feeds.
const RECENT_ENTRIES: usize = 6144;
/// The same for their bodies, which are larger.
const RECENT_BODIES: usize = 128;
/// Articles whose HTML is kept for the feeds of the site, which are made one after the other.
const RECENT_WHOLES: usize = 64;
/// Topics and entities whose links and chips are kept: a few of them stand on most pages.
const RECENT_NAMES: usize = 1024;

/// What lists show of an article, and its language (BCP 47), in which the sentences of its text are shown as well.
struct Shown {
    card: Value,
    language: String,
}

/// How a renderer gets at sources; their paths are relative to the site's root.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The Markdown of a source, without its front matter; empty if it cannot be read any more.
    pub body: &'a (dyn Fn(&str) -> String + Sync),
    /// The bytes of a file.
    pub bytes: &'a (dyn Fn(&str) -> Result<Vec<u8>, Diagnostic> + Sync),
    /// What was published before, as far as it may be used again.
    pub last: Last<'a>,
}

/// What the last build published, where nothing changed since then that all pages share.
#[derive(Clone, Copy)]
pub struct Last<'a> {
    /// The bytes of a file, if they are those that the build put there.
    pub bytes: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// Whether everything that a feed shows of an article is as it was then.
    pub stays: &'a (dyn Fn(ArticleId) -> bool + Sync),
}

impl Last<'_> {
    /// Nothing is used again.
    pub const NOTHING: Self = Self { bytes: &|_| None, stays: &|_| false };
}

/// Makes the bytes of outputs.
pub struct Renderer<'a> {
    desk: Desk<'a>,
    theme: &'a Theme,
    sources: Sources<'a>,
    site: Value,
    ui: Value,
    /// What lists show of the articles that were shown last.
    cards: Recent<Shown>,
    /// Links to topics.
    topics: Recent<Value>,
    /// Entities without a count.
    chips: Recent<Value>,
    /// What feeds show of them.
    entries: Recent<feeds::Entry>,
    /// Their bodies.
    bodies: Recent<String>,
    /// The same as HTML, for the feeds of the site.
    wholes: Recent<String>,
}

impl<'a> Renderer<'a> {
    /// A renderer for a newsroom in one language, with the UI texts of that language.
    #[must_use]
    pub fn new(
        newsroom: &'a Newsroom,
        (theme, ui): (&'a Theme, &'a Ui),
        locale: &'a Locale,
        sources: Sources<'a>,
    ) -> Self {
        let desk = Desk { newsroom, ui, locale };
        Self {
            site: Value::from_serializable(&site_view(&desk)),
            ui: Value::from_serializable(ui),
            cards: Recent::new(RECENT_CARDS),
            topics: Recent::new(RECENT_NAMES),
            chips: Recent::new(RECENT_NAMES),
            entries: Recent::new(RECENT_ENTRIES),
            bodies: Recent::new(RECENT_BODIES),
            wholes: Recent::new(RECENT_WHOLES),
            desk,
            theme,
            sources,
        }
    }

    /// Appends the bytes of an output to `out`.
    ///
    /// # Errors
    /// When its template fails, or a file that it copies cannot be read.
    pub fn render(&self, output: &Output, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let desk = &self.desk;
        match &output.page {
            Page::Feed(page) => self.feed(&output.route, page, out),
            Page::Opml => feeds::opml(desk, out),
            Page::SitemapIndex(parts) => sitemaps::index(desk, parts, out),
            Page::SitemapMonth(routes, articles) => {
                // Sitemaps are made after feeds, and need nothing of theirs.
                self.entries.forget();
                sitemaps::month(desk, routes, articles, out);
            }
            Page::SitemapPages(routes) => sitemaps::pages(desk, routes, out),
            Page::NewsSitemap(articles) => sitemaps::news(desk, articles, out),
            Page::Robots => host::robots(desk, out),
            Page::Headers => host::headers(desk, out),
            Page::Redirects(pairs) => host::redirects(desk, pairs, out),
            Page::StaticFile(path) => return self.static_file(path, out),
            Page::Media(path) => out.extend((self.sources.bytes)(path)?),
            page => return self.page(output, page, out),
        }
        Ok(())
    }

    fn shown(&self, idx: ArticleId) -> Arc<Shown> {
        self.cards.get_or(idx.0, || {
            let card = build::card(self, idx);
            let language = card.lang.as_ref().unwrap_or(&self.desk.newsroom.config.language);
            Shown { language: language.clone(), card: Value::from_serializable(&card) }
        })
    }

    /// What feeds of summaries show of an article.
    fn entry(&self, idx: ArticleId) -> Arc<feeds::Entry> {
        self.entries.get_or(idx.0, || feeds::entry(&self.desk, idx, &|_| String::new()))
    }

    /// What lists show of an article; a pointer to one shared value.
    fn card(&self, idx: ArticleId) -> Value {
        self.shown(idx).card.clone()
    }

    /// A link to a topic; a pointer to one shared value.
    fn topic_link(&self, idx: TopicIdx) -> Value {
        let link = || view_of(&self.desk.link(Target::Topic(idx)));
        Value::clone(&self.topics.get_or(idx.0, link))
    }

    /// An entity as a chip without a count; a pointer to one shared value.
    fn chip(&self, idx: EntityIdx) -> Value {
        Value::clone(&self.chips.get_or(idx.0, || view_of(&build::chip(&self.desk, idx, None))))
    }

    /// The body of an article.
    fn markdown(&self, idx: ArticleId, filed: &Filed) -> Arc<String> {
        self.bodies.get_or(idx.0, || (self.sources.body)(&filed.summary.source))
    }

    /// The sentences around the mentions of an entity, in the article's language.
    fn excerpts(
        &self,
        (idx, language): (ArticleId, &str),
        entity: EntityIdx,
    ) -> Vec<view::ExcerptView> {
        let excerpts = self.desk.newsroom.archive.excerpts(idx, entity).into_iter();
        let view = |excerpt: Excerpt| {
            let parts = [&excerpt.before, &excerpt.name, &excerpt.after].map(|it| it.as_ref());
            let parts = body::excerpt(parts, language);
            let [before, name, after] = parts.map(|it| view::Markup::new(&it));
            view::ExcerptView { before, name, after }
        };
        excerpts.map(view).collect()
    }

    fn cards(&self, articles: &[ArticleId]) -> Vec<Value> {
        articles.iter().map(|&idx| self.card(idx)).collect()
    }

    /// The HTML of an article's body, its names linked.
    fn article_html(&self, idx: ArticleId, absolute: bool) -> String {
        let newsroom = self.desk.newsroom;
        let filed = newsroom.article(idx);
        let source = &filed.summary.source;
        let markdown = self.markdown(idx, &filed);
        let mentions = &filed.mentions;
        let language = feeds::language(newsroom, &filed.summary);
        let text = body::Text {
            source,
            markdown: &markdown,
            language,
            mentions,
            absolute,
            extensions: true,
        };
        body::html(&self.desk, text)
    }

    /// The HTML of a text that is not an article's, in a language (BCP 47).
    fn text_html(&self, source: &str, markdown: &str, language: &str) -> String {
        let text = body::Text {
            source,
            markdown,
            language,
            mentions: &[],
            absolute: false,
            extensions: true,
        };
        body::html(&self.desk, text)
    }

    /// A feed. An entity's feed says where it is mentioned, and leaves whole articles to the feeds of the site, its
    /// topics and stories.
    fn feed(&self, route: &Route, page: &FeedPage, out: &mut Vec<u8>) {
        let is_whole = !matches!(page.list, Some(ListId::Entity(_)));
        // Feeds are made after lists: there is not to be room for both.
        self.cards.forget();
        match page.format {
            FeedFormat::Atom if !is_whole => {
                feeds::of_entries(&self.desk, page, &|idx| self.entry(idx), out);
            }
            FeedFormat::Atom => {
                let last = (self.sources.last.bytes)(&route.file()).unwrap_or_default();
                let last = feeds::LastEntries::of(&last);
                let entry = |idx| {
                    let kept = (self.sources.last.stays)(idx).then(|| last.entry(&self.desk, idx));
                    let html = || self.article_html(idx, true);
                    let body = |_| match page.list {
                        // The feeds of the site are three, of the same articles.
                        None => String::clone(&self.wholes.get_or(idx.0, html)),
                        Some(_) => html(),
                    };
                    Arc::new(kept.flatten().unwrap_or_else(|| feeds::entry(&self.desk, idx, &body)))
                };
                feeds::of_entries(&self.desk, page, &entry, out);
            }
            _ => {
                let body = |idx: ArticleId| {
                    let html = || self.article_html(idx, true);
                    String::clone(&self.wholes.get_or(idx.0, html))
                };
                feeds::feed(&self.desk, page, &body, out);
            }
        }
    }

    fn static_file(&self, path: &str, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let own = self.desk.newsroom.statics.get(path).and_then(|file| file.source.as_deref());
        match (own, theme::built_in(path)) {
            (Some(source), _) => out.extend((self.sources.bytes)(source)?),
            (None, Some(bytes)) => out.extend_from_slice(bytes),
            (None, None) => {}
        }
        Ok(())
    }

    fn page(&self, output: &Output, page: &Page, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let route = &output.route;
        let made = self.build(route, page);
        let Some((head, view)) = made else { return Ok(()) };
        let Some(template) = output.id.template() else { return Ok(()) };
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context.insert_value("ui", self.ui.clone());
        context.insert("head", &head);
        context.insert_value("page", view);
        let rendered = self.theme.tera.render_to(template, &context, &mut *out);
        rendered.map_err(|error| theme::fault(&error, route.as_str()))
    }

    /// The head and the view of a page; `None` for what no template makes.
    fn build(&self, route: &Route, page: &Page) -> Option<(Head, Value)> {
        Some(match page {
            Page::Front(page) => self.front(route, page),
            Page::Article(page) => self.article(route, page),
            Page::Day(page) => self.day(route, page),
            Page::Month(page) | Page::Year(page) | Page::Archive(page) => {
                self.overview(route, page)
            }
            Page::List(page) => self.list(route, page),
            Page::Index(page) => self.index(route, page),
            Page::Static(idx) => self.static_page(route, *idx),
            Page::NotFound => self.not_found(route),
            Page::Redirect(to) => self.redirect(to),
            _ => return None,
        })
    }
}

fn view_of(view: &impl Serialize) -> Value {
    Value::from_serializable(view)
}

/// A file that has gone while the build ran.
#[must_use]
pub fn unreadable(path: &str, error: &impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error(path, Place::FILE, "disk", error.to_string())
}
