//! The page of the money: what is due in the boxes, and what was put into hoppers.

use sheet::grouped;

use super::{
    Maintenance,
    cash::{Cards, Pile, Tally},
    cashing::Cashing,
    task::Task,
    tongue::moment,
    view::{Choice, Entry, Mark, Prompt, Row},
};

/// What stands on a line of the money, on screen and sheet.
pub(super) struct TallyLine {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) won: u64,
    /// A sum of the lines before it.
    pub(super) sum: bool,
}

impl Maintenance {
    pub(super) fn cash_rows(&self) -> Vec<Row> {
        let since = match self.book.cash_ups().next() {
            None => self.say("처음부터", "from the beginning"),
            Some((entry, _)) => self.say(
                &format!("{} 마감부터", moment(entry.at)),
                &format!("since {}", moment(entry.at)),
            ),
        };
        let mut rows = vec![Row {
            value: since,
            ..Row::heading(self.say("받은 돈", "Money taken"))
        }];
        let lines = self.tally_lines(false).into_iter();
        rows.extend(lines.map(|line| Row::fact(line.name, line.value)));
        rows.push(
            Row::fact(
                self.say("마감하기", "Cash up"),
                self.tongue.won(self.boxes_won()),
            )
            .noted(self.say(
                "동전함과 지폐함을 비운 뒤에 누르세요. 마감표가 나와요.",
                "Empty both boxes first. A sheet is printed.",
            ))
            .doing(Task::CashUp.id(), self.say("마감", "Cash up")),
        );
        rows.push(
            Row::fact(self.say("중간 점검표", "Interim sheet"), String::new())
                .noted(self.say("아무것도 닫지 않아요.", "Nothing is closed by it."))
                .doing(Task::PrintTally.id(), self.say("인쇄", "Print")),
        );
        if self.book.cash_ups().next().is_some() {
            rows.push(
                Row::fact(self.say("마지막 마감표", "Last sheet"), String::new())
                    .doing(Task::PrintLast.id(), self.say("다시 인쇄", "Print again")),
            );
        }
        rows.push(Row {
            value: self.tongue.won(self.fittings.change_won().into()),
            ..Row::heading(self.say("거스름돈 통", "Hoppers"))
        });
        for hopper in &self.fitted.hoppers {
            let name = self.hopper_name(hopper.value_won, hopper.address);
            let filled = self.book.last_fill(hopper.address);
            let row = match filled {
                None => Row::fact(name, String::new()).noted(self.say(
                    &format!("설정: {}개", hopper.coins),
                    &format!("Settings: {} coins", hopper.coins),
                )),
                Some((entry, coins)) => Row::fact(name, String::new()).noted(self.say(
                    &format!("{} 채움: {coins}개", moment(entry.at)),
                    &format!("{}: {coins} coins", moment(entry.at)),
                )),
            };
            rows.push(row.doing(
                Task::Fill(hopper.address).id(),
                self.say("채움", "Refilled"),
            ));
        }
        rows
    }

    fn hopper_name(&self, value_won: u32, address: u8) -> String {
        self.say(
            &format!("{value_won}원 통 ({address}번)"),
            &format!("{value_won} won hopper (no. {address})"),
        )
    }

    /// What both boxes must hold.
    fn boxes_won(&self) -> u64 {
        self.tally.taken_won() + self.book.test_money(0).in_won
    }

    /// What was closed last, or what has come in since.
    pub(super) fn tally_shown(&self, closed: bool) -> &Tally {
        let last = self.book.cash_ups().next().filter(|_| closed);
        last.map_or(&self.tally, |(_, tally)| tally)
    }

    /// The lines of screen and sheet alike.
    pub(super) fn tally_lines(&self, closed: bool) -> Vec<TallyLine> {
        let tally = self.tally_shown(closed);
        let tests = self.book.test_money(usize::from(closed));
        let pile = |it: &Pile, kind: String| TallyLine {
            name: format!("{} {kind}", self.tongue.won(it.value_won.into())),
            value: format!(
                "× {} = {}",
                grouped(it.count.into()),
                self.tongue.won(it.won())
            ),
            won: it.won(),
            sum: false,
        };
        let won = |name: String, won: u64| TallyLine {
            value: self.tongue.won(won),
            name,
            won,
            sum: false,
        };
        let sum = |name: String, amount: u64| TallyLine {
            sum: true,
            ..won(name, amount)
        };
        let some = |name: String, amount: u64| (amount > 0).then(|| won(name, amount));
        let notes = tally.notes.iter();
        let notes = notes.map(|it| pile(it, self.say("지폐", "note")));
        let coins = tally.coins.iter();
        let coins = coins.map(|it| pile(it, self.say("동전", "coin")));
        let mut lines: Vec<_> = notes.chain(coins).collect();
        lines.extend(some(
            self.say("시험 동전 들어옴", "Test coins in"),
            tests.in_won,
        ));
        lines.push(sum(
            self.say("합계: 지폐함에 있을 돈", "Sum: due in the note box"),
            tally.notes_won(),
        ));
        lines.push(sum(
            self.say("합계: 동전함에 있을 돈", "Sum: due in the coin box"),
            tally.coins_won() + tests.in_won,
        ));
        lines.push(won(
            self.say("거스름돈·반환으로 나감", "Paid out by hoppers"),
            tally.paid_out_won,
        ));
        lines.extend(some(
            self.say("시험 동전 돌려줌", "Test coins back"),
            tests.out_won,
        ));
        lines.extend(some(
            self.say("나갔는지 모름", "Perhaps paid out"),
            tally.doubtful_won,
        ));
        lines.extend(self.card_lines(&tally.cards));
        lines.push(won(
            self.say("수수료로 확정 (현금·카드)", "Fees (cash and card)"),
            tally.fees_won,
        ));
        lines
    }

    /// What came by card; nothing where nobody paid so.
    fn card_lines(&self, cards: &Cards) -> Vec<TallyLine> {
        let line = |name: String, won: u64, value: String| TallyLine {
            name,
            value,
            won,
            sum: false,
        };
        let some =
            |name: String, won: u64| (won > 0).then(|| line(name, won, self.tongue.won(won)));
        let approved = (cards.approved > 0).then(|| {
            let (count, won) = (grouped(cards.approved.into()), cards.approved_won);
            let value = self.say(
                &format!("{count}건 = {}", self.tongue.won(won)),
                &format!("{count} = {}", self.tongue.won(won)),
            );
            line(self.say("카드 승인", "Approved by card"), won, value)
        });
        let back = some(
            self.say("카드 승인 취소", "Given back to cards"),
            cards.reversed_won,
        );
        let doubtful = some(
            self.say("카드에서 나갔는지 모름", "Perhaps charged to cards"),
            cards.doubtful_won,
        );
        [approved, back, doubtful].into_iter().flatten().collect()
    }

    pub(super) fn cash_entry(&self, cashing: &Cashing) -> Option<Entry> {
        let Cashing::Filling { digits, .. } = cashing else {
            return None;
        };
        Some(Entry {
            name: self.say("동전 수", "Coins"),
            shown: digits.clone(),
            heard: self.tongue.pieces(digits.parse().unwrap_or(0)),
            digits: u32::try_from(digits.len()).unwrap_or(0),
            refused: false,
        })
    }

    /// The footer while a number is typed.
    pub(super) fn typing_ways(&self, entry: &Entry) -> Vec<Choice> {
        let cancel = self.say("그만두기", "Cancel");
        let mut ways = vec![Self::choice(Task::Cancel, cancel, false)];
        if entry.digits > 0 {
            let enter = self.say("적기", "Write it down");
            ways.push(Self::choice(Task::Enter, enter, true));
        }
        ways
    }

    pub(super) fn cash_prompt(&self, cashing: &Cashing) -> Prompt {
        let close = || Self::choice(Task::Cancel, self.say("닫기", "Close"), false);
        match cashing {
            Cashing::Confirming => Prompt {
                mark: Mark::Warning,
                words: self.say(
                    "동전함과 지폐함을 모두 비웠나요?",
                    "Are both boxes empty now?",
                ),
                more: self.say(
                    &format!("있어야 할 돈: {}", self.tongue.won(self.boxes_won())),
                    &format!("Due in them: {}", self.tongue.won(self.boxes_won())),
                ),
                choices: vec![
                    Self::choice(Task::Cancel, self.say("아직요", "Not yet"), false),
                    Self::choice(Task::Yes, self.say("비웠어요", "They are"), true),
                ],
            },
            Cashing::Filling { address, .. } => {
                let hopper = self.fitted.hoppers.iter().find(|it| it.address == *address);
                let value = hopper.map_or(0, |it| it.value_won);
                Prompt {
                    mark: Mark::Waiting,
                    words: self.say(
                        &format!("{value}원 통에 동전이 몇 개 있나요?"),
                        &format!("How many coins are in the {value} won hopper?"),
                    ),
                    more: self.say(
                        "채운 뒤에 통에 든 모두를 세세요.",
                        "Count all that are in it after filling.",
                    ),
                    choices: Vec::new(),
                }
            }
            Cashing::Writing(_) => Prompt {
                mark: Mark::Waiting,
                words: self.say("적고 있어요", "Writing it down"),
                more: String::new(),
                choices: Vec::new(),
            },
            Cashing::Printing { .. } => Prompt {
                mark: Mark::Waiting,
                words: self.say("표를 인쇄하고 있어요", "Printing the sheet"),
                more: String::new(),
                choices: vec![close()],
            },
            Cashing::Told { mark, words, more } => Prompt {
                mark: *mark,
                words: words.clone(),
                more: more.clone(),
                choices: vec![close()],
            },
        }
    }
}
