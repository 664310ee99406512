//! What an output's bytes depend on, one by one, so that it can be told why it is made again. In: what
//! [`Planner::explained`](super::Planner::explained) found. Out: how the inputs of two builds differ: [`changes`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{
    Digest,
    hash::Hash,
    newsroom::ListId,
    output::{ListPage, Page},
};

/// One thing that an output's bytes depend on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// What sort of thing.
    pub what: What,
    /// What readers or editors call it; may be empty.
    pub name: String,
    /// The file that it comes from, relative to the site's root; empty for what has none of its own.
    pub source: String,
    /// Of what the output may show of it.
    pub digest: Digest,
    /// What it is put together from, where that can be told; the digest covers it.
    pub parts: Vec<Input>,
}

impl Input {
    /// An input that is not put together from others; its digest is still to be made.
    #[must_use]
    pub fn new(what: What, name: impl Into<String>, source: impl Into<String>) -> Self {
        let (name, source) = (name.into(), source.into());
        Self { what, name, source, digest: Digest::default(), parts: Vec::new() }
    }

    /// The same with a digest of what `feed` takes in.
    #[must_use]
    pub fn of(self, feed: impl FnOnce(&mut Hash)) -> Self {
        let mut hash = Hash::default();
        feed(&mut hash);
        Self { digest: hash.finish(), ..self }
    }

    /// The same as put together from `parts` and nothing else.
    #[must_use]
    pub fn of_parts(self, parts: Vec<Self>) -> Self {
        let each = |hash: &mut Hash| {
            parts.iter().for_each(|part| _ = hash.text(&part.name).digest(part.digest));
        };
        let whole = self.of(each);
        Self { parts, ..whole }
    }

    /// What makes it the same one: its file, so that a new headline is a change; without a file, its name. A file of the
    /// theme stays the same one when the site puts its own in the place of the built-in one.
    pub(super) fn key(&self) -> (What, &str) {
        let is_of_theme = matches!(self.what, What::Template | What::UiText | What::StaticFile);
        let is_named = is_of_theme || self.source.is_empty();
        (self.what, if is_named { &self.name } else { &self.source })
    }
}

/// Sorts of inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum What {
    /// What lists show of an article: its front matter and its address.
    Article,
    /// An article's body, and the names in it.
    Text,
    /// All that a text refers to.
    References,
    /// The name and the address of what is linked to.
    Link,
    /// The sentence around the first mention of an entity.
    Mention,
    /// The file of a topic.
    Topic,
    /// The file of an entity.
    Entity,
    /// The file of a story.
    Story,
    /// The file of a day's edition.
    Edition,
    /// A page outside the news.
    Page,
    /// A file beside content.
    File,
    /// A file of `static/`.
    StaticFile,
    /// Order, dates, counts, neighbours.
    Arrangement,
    /// What every output shares.
    Shared,
    /// The settings.
    Settings,
    /// UI texts.
    UiText,
    /// A template, or a file that it is made of.
    Template,
    /// Brief itself.
    Program,
}

impl What {
    /// In reports.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Text => "text",
            Self::References => "references",
            Self::Link => "link",
            Self::Mention => "mention",
            Self::Topic => "topic",
            Self::Entity => "entity",
            Self::Story => "story",
            Self::Edition => "edition",
            Self::Page => "page",
            Self::File => "file",
            Self::StaticFile => "static file",
            Self::Arrangement => "arrangement",
            Self::Shared => "site",
            Self::Settings => "settings",
            Self::UiText => "UI texts",
            Self::Template => "template",
            Self::Program => "brief",
        }
    }
}

/// What every output depends on, whatever it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Brief itself, the settings, the UI texts, and what every header and footer shows.
    pub shared: Input,
    /// For each template: it and all that it includes, extends and calls.
    pub templates: BTreeMap<String, Input>,
}

impl Basis {
    /// Of all of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hash = Hash::default();
        hash.digest(self.shared.digest);
        self.templates.iter().for_each(|(name, it)| _ = hash.text(name).digest(it.digest));
        hash.finish()
    }

    /// The inputs that it adds to an output.
    #[must_use]
    pub fn inputs(&self, template: Option<&str>) -> Vec<Input> {
        let template = template.and_then(|name| self.templates.get(name));
        [&self.shared].into_iter().chain(template).cloned().collect()
    }
}

/// How an input differs from what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It was not among the inputs.
    New,
    /// Its digest was another.
    Changed,
    /// It is not among the inputs any more.
    Gone,
}

/// How `new` differs from `old`, each change once and as narrowly as can be told: first what is new or has changed, in the
/// order of `new`, then what is gone. That things stand in another order is told only if nothing else is.
#[must_use]
pub fn changes(old: &[Input], new: &[Input]) -> Vec<(How, Input)> {
    let mut all = compare(old, new);
    let mut seen = BTreeSet::new();
    all.retain(|(how, input)| seen.insert((*how, input.what, input.key().1.to_owned())));
    // With an article come and go its text and what that refers to.
    all.retain(|(how, input)| {
        let is_of_article = matches!(input.what, What::Text | What::References | What::Mention);
        let article = (*how, What::Article, input.source.clone());
        !is_of_article || *how == How::Changed || !seen.contains(&article)
    });
    all.sort_by_key(|(how, _)| *how == How::Gone);
    if all.iter().any(|(_, input)| input.what != What::Arrangement) {
        all.retain(|(_, input)| input.what != What::Arrangement);
    }
    all
}

fn compare(old: &[Input], new: &[Input]) -> Vec<(How, Input)> {
    let mut before: BTreeMap<_, Vec<&Input>> = BTreeMap::new();
    old.iter().for_each(|input| before.entry(input.key()).or_default().push(input));
    let mut changes = Vec::new();
    for input in new {
        match before.get(&input.key()).map(Vec::as_slice) {
            None => changes.push((How::New, input.clone())),
            Some(known) if known.iter().any(|it| it.digest == input.digest) => {}
            Some(known) => {
                let parts = known.first().map_or(&[][..], |it| &it.parts);
                let inner = compare(parts, &input.parts);
                if inner.is_empty() {
                    changes.push((How::Changed, input.clone()));
                }
                changes.extend(inner);
            }
        }
    }
    let now: BTreeSet<_> = new.iter().map(Input::key).collect();
    let gone = old.iter().filter(|input| !now.contains(&input.key()));
    changes.extend(gone.map(|input| (How::Gone, input.clone())));
    changes
}

/// Every input that is not put together from others, nor could be, each once, sort by sort in the order in which the sorts first come.
#[must_use]
pub fn plain(inputs: &[Input]) -> Vec<&Input> {
    let mut all = Vec::new();
    inputs.iter().for_each(|input| leaves(input, &mut all));
    let mut seen = BTreeSet::new();
    all.retain(|input| seen.insert(input.key()));
    let mut sorts: Vec<What> = Vec::new();
    for input in &all {
        if !sorts.contains(&input.what) {
            sorts.push(input.what);
        }
    }
    all.sort_by_key(|input| sorts.iter().position(|sort| *sort == input.what));
    all
}

fn leaves<'i>(input: &'i Input, all: &mut Vec<&'i Input>) {
    // A text that refers to nothing has references of no sort.
    if input.parts.is_empty() && input.what != What::References {
        all.push(input);
    }
    input.parts.iter().for_each(|part| leaves(part, all));
}

/// What sort of output it is.
#[must_use]
pub fn kind(page: &Page) -> &'static str {
    match page {
        Page::Front(_) => "the front page",
        Page::Article(_) => "an article",
        Page::Day(_) => "a day's edition",
        Page::Month(_) => "a month",
        Page::Year(_) => "a year",
        Page::Archive(_) => "the archive",
        Page::List(ListPage { period: Some(_), .. }) => "a calendar page of a list",
        Page::List(ListPage { list: ListId::Topic(_), .. }) => "a topic",
        Page::List(ListPage { list: ListId::Entity(_), .. }) => "an entity",
        Page::List(ListPage { list: ListId::Story(_), .. }) => "a story",
        Page::Index(_) => "an index",
        Page::Static(_) => "a page outside the news",
        Page::NotFound => "the page for what is not found",
        Page::Redirect(_) => "a redirect",
        Page::Feed(_) => "a feed",
        Page::Opml => "the list of feeds",
        Page::SitemapIndex(_) | Page::SitemapMonth(..) | Page::SitemapPages(_) => "a sitemap",
        Page::NewsSitemap(_) => "the news sitemap",
        Page::Robots => "rules for robots",
        Page::Headers => "the host's headers",
        Page::Redirects(_) => "the host's redirects",
        Page::StaticFile(_) => "a static file",
        Page::Media(_) => "a file beside content",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(what: What, name: &str, source: &str, bytes: &str) -> Input {
        Input::new(what, name, source).of(|hash| _ = hash.text(bytes))
    }

    #[test]
    fn inputs_are_known_by_their_file_and_without_one_by_their_name() {
        let old = [
            input(What::Article, "Old headline", "a.md", "1"),
            input(What::Article, "Same", "b.md", "1"),
            input(What::Topic, "Ports", "", "1"),
            input(What::Topic, "Ships", "", "1"),
            input(What::Template, "article.html", "", "1"),
        ];
        let new = [
            input(What::Article, "New headline", "a.md", "2"),
            input(What::Article, "Same", "b.md", "1"),
            input(What::Text, "Same", "b.md", "1"),
            input(What::Topic, "Ports", "", "1"),
            input(What::Template, "article.html", "templates/article.html", "2"),
        ];
        let expected = [
            (How::Changed, new[0].clone()),
            (How::New, new[2].clone()),
            (How::Changed, new[4].clone()),
            (How::Gone, old[3].clone()),
        ];
        assert_eq!(changes(&old, &new), expected);
        assert_eq!(changes(&new, &new), []);
    }

    #[test]
    fn a_change_is_told_by_the_part_that_changed_and_without_one_by_the_whole() {
        let whole = |topic: &str, extra: &str| {
            let part = input(What::Link, "Ports", "ports.md", topic);
            let whole = input(What::Article, "Head", "a.md", &[topic, extra].concat());
            Input { parts: vec![part], ..whole }
        };
        let names = |old: Input, new: Input| {
            let all = changes(&[old], &[new]).into_iter();
            all.map(|(how, it)| (how, it.what)).collect::<Vec<_>>()
        };
        assert_eq!(names(whole("1", ""), whole("2", "")), [(How::Changed, What::Link)]);
        assert_eq!(names(whole("1", ""), whole("1", "x")), [(How::Changed, What::Article)]);
    }

    #[test]
    fn another_order_is_told_only_if_nothing_else_is() {
        let order = |bytes| input(What::Arrangement, "order", "", bytes);
        let topic = |bytes| input(What::Topic, "Ports", "", bytes);
        let n_told = |old: [Input; 2], new: [Input; 2]| {
            changes(&old, &new).iter().map(|it| it.1.what).collect::<Vec<_>>()
        };
        assert_eq!(n_told([order("1"), topic("1")], [order("2"), topic("2")]), [What::Topic]);
        assert_eq!(n_told([order("1"), topic("1")], [order("2"), topic("1")]), [What::Arrangement]);
    }
}
