//! The knowledge base at hand while somebody is on the telephone: sought by words or by
//! the service that is being prepared, read, and judged by whoever has used it.
//!
//! Four verbs, no I/O. It is the exchange's; what stands here is asked of it anew whenever
//! the pane comes up.

mod article;
mod present;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

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
    /// The exchange is told what is thought of it, and has not answered.
    judging: bool,
}

pub struct Knowledge {
    /// Whether there is any way to say who asks.
    may_ask: bool,
    agent: Option<String>,
    shown: bool,
    service: Option<ServiceId>,
    sought: Personal<String>,
    /// What whoever works here has asked last: another's answer is not theirs.
    asked: Option<Personal<String>>,
    articles: Option<Vec<Article>>,
    /// Of them, by its name; the first of those that come next while none is.
    chosen: Option<String>,
    open: Option<Open>,
    /// What is typed about articles, by their names.
    sentences: BTreeMap<String, Personal<String>>,
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
            asked: None,
            articles: None,
            chosen: None,
            open: None,
            sentences: BTreeMap::new(),
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
            self.chosen = None;
            self.lines_begun = self.lines_begun.wrapping_add(1);
            self.look_again();
        }
    }

    fn look_again(&mut self) {
        if self.may_ask && self.agent.is_some() {
            let sought = self.sought.clone();
            self.asked = Some(sought.clone());
            self.commands.push_back(KnowledgeCommand::Find(sought));
        }
    }

    fn found(&mut self, sought: &Personal<String>, found: Result<Vec<Article>, KnowledgeFault>) {
        if self.asked.as_ref() != Some(sought) {
            return;
        }
        match found {
            Ok(mut articles) => {
                // What is about the service in hand is wanted first; words decide
                // before it.
                if sought.is_blank() {
                    articles.sort_by_key(|it| !self.is_about_service(it));
                }
                self.articles = Some(articles);
                self.choose(self.selected());
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
                    self.chosen = None;
                    self.look_again();
                }
            }
            KnowledgeTouch::Sentence(sentence) => {
                if let Some(open) = &self.open {
                    self.sentences.insert(open.article.id.clone(), sentence);
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
        let selected = self.selected();
        match touch {
            KnowledgeTouch::Up => self.choose(selected.saturating_sub(1)),
            KnowledgeTouch::Down => self.choose((selected + 1).min(last)),
            KnowledgeTouch::Select(row) => self.choose((*row).min(last)),
            KnowledgeTouch::Pick(row) if *row <= last => {
                self.choose(*row);
                self.read();
            }
            KnowledgeTouch::Next => self.read(),
            KnowledgeTouch::LookAgain => self.look_again(),
            _ => {}
        }
    }

    fn choose(&mut self, place: usize) {
        let article = self.articles.iter().flatten().nth(place);
        self.chosen = article.map(|it| it.id.clone());
    }

    /// Where what is chosen stands, however often the list is told anew; where it is gone,
    /// the first is chosen.
    fn selected(&self) -> usize {
        let mut articles = self.articles.iter().flatten();
        let place = articles.position(|it| Some(&it.id) == self.chosen.as_ref());
        place.unwrap_or(0)
    }

    fn read(&mut self) {
        let article = self.articles.iter().flatten().nth(self.selected());
        self.open = article.map(|article| Open {
            article: article.clone(),
            verdict: None,
            judging: false,
        });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn in_article(&mut self, touch: &KnowledgeTouch) {
        // What the exchange has been told stands until it has answered.
        let Some(open) = self.open.as_mut().filter(|it| !it.judging) else {
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
        let Some(open) = &mut self.open else {
            return;
        };
        let Some(verdict) = open.verdict else {
            self.notice = Some(KnowledgeNotice::ChooseVerdict);
            return;
        };
        let sentence = self.sentences.get(&open.article.id).cloned();
        let sentence = sentence.unwrap_or_default();
        if sentence.chars() > SENTENCE_MAX {
            self.notice = Some(KnowledgeNotice::TooLong);
            return;
        }
        open.judging = true;
        self.commands.push_back(KnowledgeCommand::Judge {
            article: open.article.id.clone(),
            version: open.article.version,
            verdict,
            sentence,
        });
    }

    fn is_judged(&mut self, article: &str, judged: Result<(), KnowledgeFault>) {
        let open = self.open.as_mut();
        let Some(open) = open.filter(|it| it.judging && it.article.id == article) else {
            return;
        };
        open.judging = false;
        self.notice = Some(match judged {
            Ok(()) => {
                // It is said: nothing of it stands there to be said once more.
                open.verdict = None;
                self.sentences.remove(article);
                KnowledgeNotice::Thanks
            }
            Err(fault) => KnowledgeNotice::Fault(fault),
        });
    }
}
