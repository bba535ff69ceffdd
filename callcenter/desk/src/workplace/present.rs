//! What the window shows, put together.

use std::time::Instant;

use privacy::{Personal, mask_name};
use request::ServiceId;

use super::{
    Moment, Pane, Workplace,
    view::{
        AttentionView, Concern, DirectoryView, DoingView, DoubtView, EntryView, LineView, Notice,
        PaneView, RowView, TelephoneView, View, WorklistView,
    },
};
use crate::{
    attention::Deed,
    directory::SHOWN_MOST,
    preparation::{Caller, Disclosure, PreparationView, read_aloud},
    reviews::Names,
    telephone::{CallState, Visit},
    wording::stopwatch,
    worklist::{Doing, Row, Worklist},
};

impl Workplace {
    pub(super) fn present(&self, now: Moment) -> View {
        let since = self.shift.since();
        let caller = self.caller();
        let left = |ends: Instant| ends.saturating_duration_since(now.instant).as_secs();
        View {
            language: self.language,
            large_text: self.large_text,
            high_contrast: self.high_contrast,
            office: self.language.of(&self.site.office),
            agent: self.shift.agent().map(str::to_owned),
            supervisor: self.supervisor,
            moderator: self.is_moderator(),
            checks_waiting: self.checks.may_take(),
            reviews_new: self.reviews.has_news(),
            shift: self.shift.state(),
            shift_for: since.map_or_else(String::new, |since| elapsed(since, now)),
            wrap_up_left: self.shift.wrap_up_ends().map(left),
            next_break: self.shift.next_break(),
            disposition: self.how_it_ended(),
            line: self.line(now),
            telephone: self.telephone_view(now),
            pane: self.pane_view(now),
            notice: self.notice.or(self.no_room.then_some(Notice::NoRoom)),
            caller,
            may_be_said: Disclosure::ALL.map(|it| it.is_allowed(caller.unwrap_or_default())),
        }
    }

    fn caller(&self) -> Option<Caller> {
        match (self.preparation.caller(), self.worklist.doing()) {
            (Some(caller), _) => Some(caller),
            (None, Doing::Reading { .. }) => Some(Caller::Checked),
            (None, Doing::Nothing | Doing::Checking { .. }) => None,
        }
    }

    pub(super) fn title(&self, service: &ServiceId) -> String {
        let known = self.catalog.service(service);
        known.map_or_else(|| service.to_string(), |it| self.language.of(&it.title))
    }

    fn line(&self, now: Moment) -> LineView {
        let time = |at| self.language.clock_time(at, now.wall);
        LineView {
            linked: self.reach.is_linked(),
            quarantined: self.quarantined,
            last_contact: self.reach.last_contact().map_or_else(String::new, time),
            waiting: self.outbox.waiting,
            waiting_since: self.outbox.since.map_or_else(String::new, time),
        }
    }

    fn telephone_view(&self, now: Moment) -> TelephoneView {
        let (state, call) = (self.telephone.state(), self.telephone.call());
        let since = self.telephone.since();
        let rung = since.map_or(0, |it| now.instant.saturating_duration_since(it).as_secs());
        let waited = call.map_or(0, |it| it.waited.as_secs());
        let concern = |row: &Row| Concern {
            title: self.title(&row.service),
            asked: self.language.clock_time(row.asked_at, now.wall),
            state: row.state,
        };
        let concerns = call.map_or_else(Vec::new, |it| {
            self.worklist.concerning(&it.requests, it.caller.as_ref())
        });
        TelephoneView {
            state,
            queue: call.map_or_else(String::new, |it| match &it.visit {
                Some(Visit { kiosk, .. }) => {
                    let (korean, english) = (format!("키오스크 {kiosk}"), format!("kiosk {kiosk}"));
                    self.language.say(&korean, &english)
                }
                None => it.queue.clone(),
            }),
            from_kiosk: call.is_some_and(|it| it.visit.is_some()),
            waited: match state {
                CallState::Ringing => stopwatch(waited + rung),
                CallState::Talking { .. } => stopwatch(waited),
                CallState::NotConfigured | CallState::Unregistered | CallState::Resting => {
                    String::new()
                }
            },
            talking_for: match state {
                CallState::Talking { .. } => stopwatch(rung),
                CallState::NotConfigured
                | CallState::Unregistered
                | CallState::Resting
                | CallState::Ringing => String::new(),
            },
            caller: call.and_then(|it| it.caller.clone()),
            speaks: call.map_or_else(String::new, |it| self.language.name_of(&it.language)),
            callback: call.is_some_and(|it| it.callback),
            cut_off: call.is_some_and(|it| it.cut_off),
            monitored: self.telephone.monitored(),
            recording: self.telephone.recording(),
            monitoring: (self.wallboard.monitoring()).map(|it| (self.name_of(it.agent), it.mode)),
            concerns: concerns.into_iter().map(concern).collect(),
            own: self.site.sound.is_some(),
            levels: self.sound.levels_of_call(),
            sound_trouble: self.sound.trouble(),
        }
    }

    fn pane_view(&self, now: Moment) -> PaneView {
        if self.shift.agent().is_none() {
            return PaneView::SignIn {
                refused: self.agent_refused,
                passphrase: self.site.has_switch,
                checking: self.signing_in.is_some(),
                fault: self.sign_in_fault(),
            };
        }
        match self.pane {
            Pane::Attention => PaneView::Attention(self.attention_view(now)),
            Pane::Directory => PaneView::Directory(self.directory_view()),
            Pane::Board => PaneView::Board(Box::new(self.board_view(now))),
            Pane::Preparation if self.journal_broken => PaneView::Broken,
            Pane::Preparation => match self.preparation.present(&self.reach, now) {
                Some(view) => PaneView::Preparation(Box::new(self.with_line(view))),
                None => PaneView::Worklist(self.worklist_view(now)),
            },
            Pane::Worklist => PaneView::Worklist(self.worklist_view(now)),
            Pane::Helping => {
                let voice = self.kiosk_voice();
                let helping = self.helping.present(voice, self.language, now.instant);
                PaneView::Helping(Box::new(helping))
            }
            Pane::Checks => {
                let checks = self.checks.present(self.language, now.instant);
                PaneView::Checks(Box::new(checks))
            }
            Pane::Reviews => {
                let names = Names {
                    language: self.language,
                    now: now.wall,
                    agent: &|agent| self.name_of(agent),
                    disposition: &|id| self.disposition.title(id, self.language),
                };
                PaneView::Reviews(Box::new(self.reviews.present(&names)))
            }
            Pane::Disposition => PaneView::Disposition(self.disposition.present(self.language)),
            Pane::Sound => PaneView::Sound(self.sound.present()),
            Pane::Knowledge => {
                let title = |it: &ServiceId| self.title(it);
                let knowledge = self.knowledge.present(self.language, &title);
                PaneView::Knowledge(Box::new(knowledge))
            }
            Pane::Postings => {
                PaneView::Postings(Box::new(self.postings.present(self.language, now.wall)))
            }
            Pane::Sending => PaneView::Sending(Box::new(self.sending.present(self.language, now))),
            Pane::Petitions => {
                PaneView::Petitions(Box::new(self.petitions.present(self.language, now.wall)))
            }
        }
    }

    /// Whether a code that is being read can be collected already.
    fn with_line(&self, mut view: PreparationView) -> PreparationView {
        if let PreparationView::Read(reading) = &mut view {
            reading.sent = self.outbox.waiting == 0;
        }
        view
    }

    fn worklist_view(&self, now: Moment) -> WorklistView {
        let row = |row: &Row| {
            let name = row.applicant.as_ref().map(|it| mask_name(it.name.reveal()));
            RowView {
                title: self.title(&row.service),
                asked: self.language.clock_time(row.asked_at, now.wall),
                name: Personal::new(name.unwrap_or_default()),
                copies: self.language.copies(row.copies),
                state: row.state,
                sent: Worklist::is_sent(row, self.outbox),
            }
        };
        let doing = self.worklist.selected_row().map(|it| self.doing(it));
        WorklistView {
            rows: self.worklist.rows().iter().map(row).collect(),
            selected: self.worklist.selected(),
            doing: doing.unwrap_or(DoingView::Nothing),
        }
    }

    fn doing(&self, row: &Row) -> DoingView {
        match self.worklist.doing() {
            Doing::Nothing => DoingView::Nothing,
            Doing::Checking { knew, refused } => DoingView::Checking {
                service: self.title(&row.service),
                day: self.language.day(row.asked_at),
                copies: self.language.copies(row.copies),
                knew,
                refused,
            },
            Doing::Reading { group } => {
                let (groups, spoken) = read_aloud(&row.code.to_string(), self.language);
                DoingView::Reading {
                    groups,
                    spoken,
                    group,
                }
            }
        }
    }

    fn directory_view(&self) -> DirectoryView {
        let found = self.directory.found();
        DirectoryView {
            more: found.len().saturating_sub(SHOWN_MOST),
            selected: self.directory.selected(),
            entries: (found.into_iter().take(SHOWN_MOST))
                .map(|it| EntryView {
                    kind: it.kind,
                    name: it.name,
                    state: it.state,
                })
                .collect(),
        }
    }

    fn attention_view(&self, now: Moment) -> AttentionView {
        let waiting = self.attention.waiting();
        let time = |at| self.language.clock_time(at, now.wall);
        AttentionView {
            no_agent: !self.attention.may_ask(),
            known: waiting.is_some(),
            quarantined: waiting.map_or_else(Vec::new, |it| {
                let told = it.quarantined.iter();
                told.map(|it| (it.clone(), time(it.since))).collect()
            }),
            wedged: waiting.map_or_else(Vec::new, |it| {
                let told = it.wedged.iter();
                told.map(|it| (it.clone(), time(it.received_at))).collect()
            }),
            doubts: waiting.map_or_else(Vec::new, |it| {
                let told = it.doubts.iter();
                told.map(|it| DoubtView {
                    doubt: it.clone(),
                    since: time(it.recorded_at),
                    what: match &it.deed {
                        Deed::Printed(number) => number.to_string(),
                        Deed::PaidOut { asked_won }
                        | Deed::CardCharged { asked_won }
                        | Deed::CardReversed { asked_won } => self.language.price(*asked_won),
                    },
                })
                .collect()
            }),
            selected: self.attention.selected(),
            fault: self.attention.fault(),
            deciding: self.attention.deciding().cloned(),
        }
    }
}

fn elapsed(since: Instant, now: Moment) -> String {
    stopwatch(now.instant.saturating_duration_since(since).as_secs())
}
