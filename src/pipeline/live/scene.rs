//! A site as it is at one moment, ready to be shown. In: a filled archive and a theme. Out: the output at an address, and its
//! bytes when they are asked for. [`Scene::find`] and [`Scene::render`] are the entries; every thread may ask, and nothing
//! that happens to the sources afterwards changes an answer.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use super::kept::Kept;
use crate::{
    archive::{Newsroom, Store},
    diag::Diagnostic,
    disk,
    link::{self, Reason, Sight, publish},
    load,
    model::{
        Digest,
        article::Summary,
        links::Names as _,
        newsroom::{Item, Shelf, Target},
        output::{Output, Page},
        page_id::PageId,
        route::Route,
    },
    parse,
    pipeline::{
        basis,
        publish::{damaged, locale_of},
        sources,
    },
    plan::{Planner, inputs::Basis},
    render::{self, Last, Renderer, Sources, theme::Theme},
    text::{locale::Locale, normal::normal},
};

/// Everything that is shown at one moment.
pub struct Scene {
    /// Before the store, which it reads from.
    pub(super) newsroom: Newsroom,
    pub(super) theme: Arc<Theme>,
    pub(super) basis: Basis,
    /// One for each language.
    locales: Vec<Locale>,
    sight: Sight,
    site: disk::Site,
    kept: Arc<Kept>,
    /// Stays open as long as something reads from it.
    _store: Arc<Store>,
}

/// What a scene is made of beside its newsroom.
pub(super) struct Stage {
    pub(super) theme: Arc<Theme>,
    pub(super) sight: Sight,
    pub(super) site: disk::Site,
    pub(super) kept: Arc<Kept>,
    pub(super) store: Arc<Store>,
}

/// The bytes of an output.
#[derive(Debug)]
pub struct Rendered {
    /// As a build would write them.
    pub bytes: Vec<u8>,
    /// Whether a source is not any more what it was when the scene was made, and was not kept: some of the bytes are of
    /// another moment.
    pub is_torn: bool,
}

impl Scene {
    pub(super) fn new(newsroom: Newsroom, stage: Stage) -> Self {
        let Stage { theme, sight, site, kept, store } = stage;
        let config = &newsroom.config;
        let basis = basis::basis(config, &theme, &newsroom.registry, &newsroom.statics);
        let locales = newsroom.in_tongues().map(|it| locale_of(&it.config)).collect();
        Self { newsroom, theme, basis, locales, sight, site, kept, _store: store }
    }

    /// The same in another theme.
    pub(super) fn wearing(self, theme: Arc<Theme>) -> Self {
        let newsroom = &self.newsroom;
        let basis = basis::basis(&newsroom.config, &theme, &newsroom.registry, &newsroom.statics);
        Self { theme, basis, ..self }
    }

    pub(super) fn planner(&self) -> Planner<'_> {
        Planner { newsroom: &self.newsroom, now: self.sight.now, basis: &self.basis }
    }

    /// The output whose file this is. `hint` is what stood there a moment ago: it is looked at first.
    #[must_use]
    pub fn find(&self, file: &str, hint: Option<&PageId>) -> Option<Output> {
        let planner = self.planner();
        let is_there = |output: &Output| output.route.file() == file;
        let hinted = hint.and_then(|id| planner.output(id)).filter(is_there);
        hinted.or_else(|| planner.output(&planner.at(file)?))
    }

    /// An output by its name.
    #[must_use]
    pub fn output(&self, id: &PageId) -> Option<Output> {
        self.planner().output(id)
    }

    /// The bytes of an output.
    ///
    /// # Errors
    /// When its template fails, or a file that it copies cannot be read.
    pub fn render(&self, output: &Output) -> Result<Rendered, Diagnostic> {
        let newsroom = self.newsroom.in_tongue(output.tongue);
        let language = usize::from(output.tongue.0);
        let language = self.theme.uis.get(language).zip(self.locales.get(language));
        let torn = AtomicBool::new(false);
        let body = |source: &str| self.body(source, &torn);
        let bytes = |path: &str| self.file(path, &torn);
        let sources = Sources { body: &body, bytes: &bytes, last: Last::NOTHING };
        let mut bytes = Vec::new();
        if let Some((ui, locale)) = language {
            let renderer = Renderer::new(newsroom, (&self.theme, ui), locale, sources);
            renderer.render(output, &mut bytes)?;
        }
        if let Some(fault) = newsroom.archive.fault() {
            return Err(damaged(fault));
        }
        Ok(Rendered { bytes, is_torn: torn.load(Relaxed) })
    }

    /// The Markdown of an article as it was when the scene was made.
    fn body(&self, source: &str, torn: &AtomicBool) -> String {
        let wanted = match self.newsroom.by_path(source) {
            Some(Target::Article(id)) => self.newsroom.article(id).summary.body_digest,
            _ => return sources::body_of(&self.site, source),
        };
        let is_it = |body: &String| Digest::of(body.as_bytes()) == wanted;
        let there = sources::body_of(&self.site, source);
        if is_it(&there) {
            return there;
        }
        let kept = self.kept.get(source).and_then(|bytes| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Some(parse::cut(&normal(&text).0).body.to_owned()).filter(is_it)
        });
        kept.unwrap_or_else(|| {
            torn.store(true, Relaxed);
            there
        })
    }

    /// The bytes of a file that is published as it is. What has become a link out of the site, or no regular file, since
    /// it was looked at is not opened.
    fn file(&self, path: &str, torn: &AtomicBool) -> Result<Vec<u8>, Diagnostic> {
        let unreadable = |reason: &str| {
            torn.store(true, Relaxed);
            render::unreadable(path, &reason)
        };
        let wanted = match path.strip_prefix("static/") {
            Some(name) => self.newsroom.statics.get(name).map(|file| file.digest),
            None => self.newsroom.media(path).map(|file| file.digest),
        };
        let there = match self.site.look(path) {
            Ok(_) => self.site.read(path).map_err(|error| unreadable(&error.to_string())),
            Err(reason) => Err(unreadable(reason.unwrap_or("it is not there any more"))),
        };
        let is_it = |bytes: &[u8]| wanted == Some(Digest::of(bytes));
        match there {
            Ok(bytes) if is_it(&bytes) => Ok(bytes),
            there => match self.kept.get(path).filter(|bytes| is_it(bytes)) {
                Some(kept) => Ok(kept.to_vec()),
                None => {
                    torn.store(true, Relaxed);
                    there
                }
            },
        }
    }

    /// The path before the path of every address: `/`, or `/sub/`.
    #[must_use]
    pub fn base_path(&self) -> &str {
        self.newsroom.config.base_path()
    }

    /// A route as pages link to it.
    #[must_use]
    pub fn url(&self, route: &Route) -> String {
        render::below(self.base_path(), route)
    }

    /// Where what stands in a source is published.
    #[must_use]
    pub fn route_of(&self, source: &str) -> Option<Route> {
        load::kind(source).filter(|kind| kind.is_parsed())?;
        self.newsroom.by_path(source).map(|target| self.newsroom.route(target))
    }

    /// Why what stands on an output is not public yet, though it is shown.
    #[must_use]
    pub fn preview_of(&self, output: &Output) -> Option<Reason> {
        match &output.page {
            Page::Article(page) => self.preview(&self.newsroom.article(page.article).summary),
            Page::Static(idx) => {
                let page = self.newsroom.registry.pages.get(*idx as usize)?;
                page.draft.then_some(Reason::Draft)
            }
            Page::Day(page) => {
                let zone = self.newsroom.config.timezone.clone();
                let today = self.sight.now.to_zoned_datetime(zone.clone()).date();
                let begins = zone.to_timestamp(page.date.at(0, 0, 0, 0)).ok()?;
                (page.date > today).then_some(Reason::Scheduled(begins))
            }
            _ => None,
        }
    }

    fn preview(&self, summary: &Summary) -> Option<Reason> {
        publish::reason(summary, self.sight.now)
    }

    /// Every article that is shown though it is not public yet, with its address and why.
    #[must_use]
    pub fn previews(&self) -> Vec<(Route, Reason)> {
        if self.sight.shows == link::Shows::default() {
            return Vec::new();
        }
        let kept = self.newsroom.archive.withheld::<link::KeptReason>().into_iter();
        let previews = kept.filter_map(|(source, _)| match self.newsroom.by_path(&source)? {
            Target::Article(id) => {
                let filed = self.newsroom.article(id);
                Some((filed.ties.route.clone(), self.preview(&filed.summary)?))
            }
            _ => None,
        });
        previews.collect()
    }

    /// Published articles.
    #[must_use]
    pub fn n_articles(&self) -> usize {
        self.newsroom.in_tongues().map(|it| it.count(Shelf::All)).sum()
    }

    /// The second, since 1970, at which something comes or goes by itself.
    #[must_use]
    pub fn next_due(&self) -> Option<i64> {
        self.newsroom.archive.next_due()
    }

    /// Keeps what every page may depend on as it is: templates, and the files of the registry.
    pub(super) fn keep_shared(&self) {
        let archive = &self.newsroom.archive;
        for folder in SHARED {
            for below in archive.folders_below(folder) {
                let files = archive.folder(&below).unwrap_or_default().files.into_iter();
                self.keep(files.map(|file| format!("{below}/{}", file.name)));
            }
        }
    }

    /// Keeps other sources as they are, the newest articles first, as far as there is room. What has changed meanwhile does no
    /// harm: it is compared when it is used.
    pub fn keep_sources(&self) {
        let statics = self.newsroom.statics.values().filter_map(|file| file.source.clone());
        self.keep(statics.filter(|path| path.ends_with(".css") || path.ends_with(".js")));
        let articles = self.newsroom.in_tongues().flat_map(|it| it.newest(Shelf::All));
        let source = |item: Item| Some(self.newsroom.archive.face(item.id)?.heading.source);
        self.keep(articles.filter_map(source));
    }

    fn keep(&self, paths: impl Iterator<Item = String>) {
        for path in paths {
            let Ok(bytes) = self.site.read(&path) else { continue };
            if !self.kept.keep_if_there_is_room(&path, bytes) {
                break;
            }
        }
    }
}

/// What is read as a whole when one file of it changes.
const SHARED: [&str; 5] =
    ["templates", "content/topics", "content/entities", "content/stories", "content/pages"];
