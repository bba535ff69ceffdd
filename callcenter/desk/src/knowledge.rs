//! The knowledge base at hand while somebody is on the telephone: sought by words or by
//! the service that is being prepared, read, and judged by whoever has used it.
//!
//! Four verbs, no I/O. It is the exchange's; what stands here is asked of it anew whenever
//! the pane comes up.

mod article;
mod present;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use privacy::Personal;
use request::ServiceId;

pub use article::{Article, KnowledgeFault, Verdict, Wording};
pub use present::{ArticleRow, ArticleView, KnowledgeView};

/// Characters of what is said of an article; what the exchange takes.
const SENTENCE_MAX: usize = 300;

/// What the agent is told until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnowledgeNotice {
    Fault(KnowledgeFault),
    /// It is not said whether the article helped.
    ChooseVerdict,
    TooLong,
    /// What was said of the article is at the exchange.
    Thanks,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnowledgeTouch {
    Up,
    Down,
    Select(usize),
    /// The n-th article, or the n-th verdict on one.
    Pick(usize),
    /// Opens the article that is chosen; says what is thought of it.
    Next,
    Back,
    Seek(Personal<String>),
    Sentence(Personal<String>),
    LookAgain,
}

#[derive(Clone, Debug)]
pub enum KnowledgeEvent {
    Touched(KnowledgeTouch),
    /// The pane comes up, with the service that is being prepared, or goes.
    Shown(Option<ServiceId>),
    Left,
    /// Who works here now.
    Works(Option<String>),
    /// Articles that answer to what was sought.
    Found(Personal<String>, Result<Vec<Article>, KnowledgeFault>),
    Judged(String, Result<(), KnowledgeFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnowledgeCommand {
    /// All of them while nothing is sought.
    Find(Personal<String>),
    Judge {
        article: String,
        version: u32,
        verdict: Verdict,
        sentence: Personal<String>,
    },
}

/// The article that is read.
#[derive(Debug)]
struct Open {
    article: Article,
    verdict: Option<Verdict>,
    sentence: Personal<String>,
    judging: bool,
}

pub struct Knowledge {
    /// Whether there is any way to say who asks.
    may_ask: bool,
    agent: Option<String>,
    shown: bool,
    service: Option<ServiceId>,
    sought: Personal<String>,
    articles: Option<Vec<Article>>,
    selected: usize,
    open: Option<Open>,
    /// Counts times the pane came up: the line is empty each time.
    lines_begun: u32,
    notice: Option<KnowledgeNotice>,
    commands: VecDeque<KnowledgeCommand>,
}

impl Knowledge {
    pub fn new(may_ask: bool) -> Self {
        Self {
            may_ask,
            agent: None,
            shown: false,
            service: None,
            sought: Personal::default(),
            articles: None,
            selected: 0,
            open: None,
            lines_begun: 0,
            notice: None,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: KnowledgeEvent) {
        match event {
            KnowledgeEvent::Touched(touch) => self.touched(touch),
            KnowledgeEvent::Shown(service) => self.show(service),
            KnowledgeEvent::Left => self.shown = false,
            KnowledgeEvent::Works(agent) => {
                let may_ask = self.may_ask;
                *self = Self::new(may_ask);
                self.agent = agent;
            }
            KnowledgeEvent::Found(sought, found) => self.found(&sought, found),
            KnowledgeEvent::Judged(article, judged) => self.is_judged(&article, judged),
        }
    }

    pub fn poll_command(&mut self) -> Option<KnowledgeCommand> {
        self.commands.pop_front()
    }

    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Who works here, as far as was told.
    pub fn agent(&self) -> Option<&str> {
        self.agent.as_deref()
    }

    /// An article that is being read stays open, also while the agent is elsewhere.
    fn show(&mut self, service: Option<ServiceId>) {
        self.shown = true;
        self.notice = None;
        self.service = service;
        if self.open.is_none() {
            self.sought = Personal::default();
            self.selected = 0;
            self.lines_begun = self.lines_begun.wrapping_add(1);
            self.look_again();
        }
    }

    fn look_again(&mut self) {
        if self.may_ask && self.agent.is_some() {
            let sought = self.sought.clone();
            self.commands.push_back(KnowledgeCommand::Find(sought));
        }
    }

    fn found(&mut self, sought: &Personal<String>, found: Result<Vec<Article>, KnowledgeFault>) {
        if *sought != self.sought {
            return;
        }
        match found {
            Ok(mut articles) => {
                // What is about the service in hand is wanted first; words decide
                // before it.
                if sought.is_blank() {
                    articles.sort_by_key(|it| !self.is_about_service(it));
                }
                self.selected = self.selected.min(articles.len().saturating_sub(1));
                self.articles = Some(articles);
                if matches!(self.notice, Some(KnowledgeNotice::Fault(_))) {
                    self.notice = None;
                }
            }
            Err(fault) => self.notice = Some(KnowledgeNotice::Fault(fault)),
        }
    }

    fn is_about_service(&self, article: &Article) -> bool {
        let service = self.service.as_ref();
        service.is_some_and(|it| article.services.iter().any(|of| of == it.as_str()))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what is left is the list's or the article's"
    )]
    fn touched(&mut self, touch: KnowledgeTouch) {
        match touch {
            KnowledgeTouch::Seek(sought) => {
                if self.open.is_none() && sought != self.sought {
                    self.sought = sought;
                    self.selected = 0;
                    self.look_again();
                }
            }
            KnowledgeTouch::Sentence(sentence) => {
                if let Some(open) = &mut self.open {
                    open.sentence = sentence;
                }
            }
            touch => {
                self.notice = None;
                match self.open {
                    Some(_) => self.in_article(&touch),
                    None => self.in_list(&touch),
                }
            }
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn in_list(&mut self, touch: &KnowledgeTouch) {
        let last = self.articles.as_ref().map_or(0, Vec::len).saturating_sub(1);
        match touch {
            KnowledgeTouch::Up => self.selected = self.selected.saturating_sub(1),
            KnowledgeTouch::Down => self.selected = (self.selected + 1).min(last),
            KnowledgeTouch::Select(row) => self.selected = (*row).min(last),
            KnowledgeTouch::Pick(row) if *row <= last => {
                self.selected = *row;
                self.read();
            }
            KnowledgeTouch::Next => self.read(),
            KnowledgeTouch::LookAgain => self.look_again(),
            _ => {}
        }
    }

    fn read(&mut self) {
        let chosen = self.articles.as_ref().and_then(|it| it.get(self.selected));
        self.open = chosen.map(|article| Open {
            article: article.clone(),
            verdict: None,
            sentence: Personal::default(),
            judging: false,
        });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn in_article(&mut self, touch: &KnowledgeTouch) {
        let Some(open) = &mut self.open else {
            return;
        };
        match touch {
            KnowledgeTouch::Pick(place) => {
                if let Some(verdict) = Verdict::ALL.get(*place) {
                    open.verdict = Some(*verdict);
                }
            }
            KnowledgeTouch::Next => self.judge(),
            KnowledgeTouch::Back => {
                self.open = None;
                self.lines_begun = self.lines_begun.wrapping_add(1);
                self.sought = Personal::default();
                self.look_again();
            }
            _ => {}
        }
    }

    fn judge(&mut self) {
        let Some(open) = self.open.as_mut().filter(|it| !it.judging) else {
            return;
        };
        let Some(verdict) = open.verdict else {
            self.notice = Some(KnowledgeNotice::ChooseVerdict);
            return;
        };
        if open.sentence.chars() > SENTENCE_MAX {
            self.notice = Some(KnowledgeNotice::TooLong);
            return;
        }
        open.judging = true;
        self.commands.push_back(KnowledgeCommand::Judge {
            article: open.article.id.clone(),
            version: open.article.version,
            verdict,
            sentence: open.sentence.clone(),
        });
    }

    fn is_judged(&mut self, article: &str, judged: Result<(), KnowledgeFault>) {
        let open = self.open.as_mut();
        let Some(open) = open.filter(|it| it.article.id == article) else {
            return;
        };
        open.judging = false;
        self.notice = Some(match judged {
            Ok(()) => KnowledgeNotice::Thanks,
            Err(fault) => KnowledgeNotice::Fault(fault),
        });
    }
}
