//! `front.html`: the front page.

use tera::Value;

use super::{agenda, chip};
use crate::{
    model::{
        newsroom::{ArticleId, Target},
        output::{FrontPage, Period, PeriodCount},
        route::{self, Route},
    },
    render::{
        Renderer,
        head::{self, Draft},
        json_ld, twins,
        view::{Band, BriefingItem, FrontView, Head, Text},
        view_of,
    },
};

/// Seconds to read one sentence of the briefing.
const SECONDS_A_SENTENCE: usize = 15;

impl Renderer<'_> {
    pub(in crate::render) fn front(&self, route: &Route, page: &FrontPage) -> (Head, Value) {
        let desk = &self.desk;
        let edition = page.date.and_then(|date| desk.newsroom.edition(date)).map(|it| it.edition);
        let edition = edition.as_ref();
        let minutes = (page.briefing.len() * SECONDS_A_SENTENCE).div_ceil(60).max(1);
        let view = FrontView {
            date: page.date.map(|date| self.long_day(date)),
            second_date: page.date.and_then(|date| desk.locale.second_date(date)),
            edition_url: page.date.map(|date| desk.url_at(route::day(date))),
            edition_title: edition
                .and_then(|edition| edition.title.as_deref())
                .map(|it| desk.alone(it)),
            intro: edition.and_then(|edition| edition.intro.as_deref()).map(|it| desk.alone(it)),
            briefing: page.briefing.iter().map(|&idx| self.briefing_item(idx)).collect(),
            briefing_reading: desk.count("reading", minutes),
            lead: page.lead.map(|idx| self.card(idx)),
            follow_ups: self.cards(&page.follow_ups),
            secondary: self.cards(&page.secondary),
            stories: page
                .stories
                .iter()
                .map(|(story, _, count)| {
                    self.story_card(*story, desk.count("count.this_week", *count))
                })
                .collect(),
            bands: page
                .bands
                .iter()
                .map(|(topic, articles)| Band {
                    topic: desk.link(Target::Topic(*topic)),
                    items: self.cards(articles),
                })
                .collect(),
            in_the_news: page
                .in_the_news
                .iter()
                .map(|(entity, count)| {
                    chip(desk, *entity, Some(desk.count("count.articles", *count)))
                })
                .collect(),
            background: self.cards(&page.background),
            agenda: edition.map_or_else(Vec::new, |edition| agenda(desk, &edition.agenda)),
            editions: page
                .editions
                .iter()
                .map(|(date, count)| {
                    let day =
                        PeriodCount { period: Period::Day(*date), count: *count, has_page: true };
                    self.calendar_link(day)
                })
                .collect(),
        };
        let shown: Vec<ArticleId> =
            page.lead.iter().chain(&page.secondary).chain(&page.briefing).copied().collect();
        let canonical = desk.absolute(route);
        let draft = Draft {
            twins: twins::everywhere(desk.newsroom, &route::front()),
            json_ld: json_ld::collection(
                desk,
                &desk.newsroom.config.title,
                &canonical,
                &unique(shown),
                &[],
            ),
            ..Draft::default()
        };
        (head::head(desk, route, draft), view_of(&view))
    }

    /// The whole headline: unlike points and standfirsts it is understood without what stands around it.
    fn briefing_item(&self, idx: ArticleId) -> BriefingItem {
        let face = self.desk.newsroom.face(idx);
        let (article, ties) = (&face.heading, &face.ties);
        BriefingItem {
            text: Text::line(
                &article.title,
                article.lang.as_ref().unwrap_or(&self.desk.newsroom.config.language),
                &self.desk.newsroom.config.language,
            ),
            url: self.desk.url(&ties.route),
            kind_label: self.desk.ui.text(&format!("kind.{}", article.kind.key())).to_owned(),
        }
    }
}

fn unique(articles: Vec<ArticleId>) -> Vec<ArticleId> {
    let mut kept: Vec<ArticleId> = Vec::with_capacity(articles.len());
    for idx in articles {
        if !kept.contains(&idx) {
            kept.push(idx);
        }
    }
    kept
}
