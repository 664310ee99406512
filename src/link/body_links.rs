//! Links of texts → what they lead to. In: published [`Material`] and the resolved registry. Out: lookup tables
//! ([`names`]) and, for every text, what it refers to ([`resolve_all`]), with an error for each link that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Material, references::Resolved};
use crate::{
    diag::Diagnostic,
    model::{
        article::{BodyLink, BodyLinkKind, Image},
        links::{Names, Resolved as Leads},
        newsroom::{ArticleIdx, EntityIdx, Refs, StoryIdx, Target, TopicIdx},
        source::Written,
    },
    text::fold,
};

/// The tables by which links and references are looked up.
pub(super) fn names(
    material: &Material,
    resolved: &Resolved,
    unpublished: BTreeSet<String>,
) -> Names {
    let files = material.files.iter().cloned().collect();
    let mut names = Names { unpublished, files, ..Names::default() };
    for (idx, article) in (0..).map(ArticleIdx).zip(&material.articles) {
        let (source, target) = (&article.summary.source, Target::Article(idx));
        names.add(source, "articles", &article.summary.stem, target);
        names.add("", "articles", path_below_articles(source), target);
    }
    for (idx, topic) in (0..).map(TopicIdx).zip(&resolved.topics) {
        names.add(&topic.source, "topics", &topic.id, Target::Topic(idx));
        let aliases = topic.aliases.iter().map(|alias| &alias.text);
        names.add_names(aliases.chain([&topic.name]), Target::Topic(idx));
    }
    for (idx, entity) in (0..).map(EntityIdx).zip(&resolved.entities) {
        names.add(&entity.source, "entities", &entity.id, Target::Entity(idx));
        let merged = entity.redirect_from.iter().map(|id| &id.text);
        merged.for_each(|id| names.add("", "entities", id, Target::Entity(idx)));
        let aliases = entity.aliases.iter().map(|alias| &alias.text);
        names.add_names(aliases.chain([&entity.name]), Target::Entity(idx));
    }
    for (idx, story) in (0..).map(StoryIdx).zip(&resolved.stories) {
        names.add(&story.source, "stories", &story.id, Target::Story(idx));
        names.add_names([&story.name].into_iter(), Target::Story(idx));
    }
    for (idx, (page, _)) in (0..).zip(&material.pages) {
        names.add(&page.source, "pages", &page.path, Target::Page(idx));
    }
    for (edition, _) in &material.editions {
        let target = Target::Day(edition.date);
        names.add(&edition.source, "editions", &edition.date.to_string(), target);
    }
    names
}

/// An article's path below `content/articles/` without extension, by which it can be told from namesakes.
fn path_below_articles(source: &str) -> &str {
    let below = source.strip_prefix("content/articles/").unwrap_or(source);
    let below = below.rsplit_once('.').map_or(below, |(path, _)| path);
    below.strip_suffix("/index").unwrap_or(below)
}

impl Names {
    fn add(&mut self, source: &str, folder: &str, id: &str, target: Target) {
        if !source.is_empty() {
            self.by_path.insert(source.to_owned(), target);
        }
        for key in [fold::key(id), fold::key(&format!("{folder}/{id}"))] {
            push_unique(self.by_id.entry(key).or_default(), target);
        }
    }

    fn add_names<'a>(&mut self, names: impl Iterator<Item = &'a String>, target: Target) {
        for name in names {
            push_unique(self.by_name.entry(fold::key(name)).or_default(), target);
        }
    }
}

fn push_unique(targets: &mut Vec<Target>, target: Target) {
    if !targets.contains(&target) {
        targets.push(target);
    }
}

/// What every text refers to.
pub(super) struct AllRefs {
    /// For each article.
    pub(super) articles: Vec<Refs>,
    /// For topics, entities, stories, editions and pages, by source path.
    pub(super) others: BTreeMap<String, Refs>,
}

/// Resolves the links of every text and the lead image of everything that has one.
pub(super) fn resolve_all(
    material: &Material,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> AllRefs {
    let mut resolver = Resolver { names, diagnostics };
    let articles = material.articles.iter().map(|article| {
        resolver.refs(&article.summary.source, &article.links, article.summary.image.as_ref())
    });
    let articles = articles.collect();
    let mut others = BTreeMap::new();
    let mut add = |source: &str, links: &[BodyLink], image: Option<&Image>| {
        others.insert(source.to_owned(), resolver.refs(source, links, image));
    };
    for (topic, scan) in &material.topics {
        add(&topic.source, &scan.links, topic.image.as_ref());
    }
    for (entity, scan) in &material.entities {
        add(&entity.source, &scan.links, entity.image.as_ref());
    }
    material.stories.iter().for_each(|(story, scan)| add(&story.source, &scan.links, None));
    material.editions.iter().for_each(|(edition, scan)| add(&edition.source, &scan.links, None));
    material.pages.iter().for_each(|(page, scan)| add(&page.source, &scan.links, None));
    AllRefs { articles, others }
}

struct Resolver<'a> {
    names: &'a Names,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn refs(&mut self, source: &str, links: &[BodyLink], image: Option<&Image>) -> Refs {
        let mut refs = Refs::default();
        let lead =
            image.map(|image| BodyLink { dest: image.src.clone(), kind: BodyLinkKind::Image });
        for link in lead.iter().chain(links) {
            match self.names.resolve(source, &link.dest.text, link.kind) {
                Leads::AsWritten => {}
                // Not each once: which link leads where matters to who hashes them.
                Leads::Target(target, _) => refs.targets.push(target),
                Leads::File(path) if !refs.media.contains(&path) => refs.media.push(path),
                Leads::File(_) => {}
                Leads::Unpublished => self.diagnostics.push(unpublished(source, &link.dest)),
                Leads::Ambiguous(_) => self.diagnostics.push(ambiguous(source, &link.dest)),
                Leads::Missing => self.diagnostics.push(missing(source, link)),
            }
        }
        refs
    }
}

fn unpublished(source: &str, dest: &Written) -> Diagnostic {
    let message = format!(
        "«{}» is not published now, so nothing leads to it, and a bare `[[id]]` shows nothing",
        dest.text
    );
    Diagnostic::warning(source, dest.place, "unpublished-target", message)
}

fn ambiguous(source: &str, dest: &Written) -> Diagnostic {
    let message = format!("«{}» is the name of more than one thing", dest.text);
    Diagnostic::error(source, dest.place, "ambiguous-target", message).hint(format!(
        "say which: `[[entities/{0}]]`, `[[topics/{0}]]`, or an article's path, `[[2023/09/12/{0}]]`",
        dest.text
    ))
}

fn missing(source: &str, link: &BodyLink) -> Diagnostic {
    let (what, hint) = match link.kind {
        BodyLinkKind::Wiki => {
            ("there is nothing with the id or name", "write the stem of a file below content/")
        }
        BodyLinkKind::Link => {
            ("there is no file", "write a path relative to this file, such as `../12/train.md`")
        }
        BodyLinkKind::Image => {
            ("there is no image", "put the image beside this file, or begin with `/` for static/")
        }
    };
    let message = format!("{what} «{}»", link.dest.text);
    Diagnostic::error(source, link.dest.place, "missing-target", message).hint(hint)
}
