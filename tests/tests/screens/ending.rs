//! The second half of a visit: paying, working, taking, failing.

use kiosk::visit::view::{
    CardPhase, Failed, FailureReason as Reason, Means, MeansState, MoneyOutcome, PaperQuestion,
    Pay, PayByCard, PaymentRefusal, Screen, TakePaper, Work, WorkState, WorkStep,
};

pub(crate) fn payments(hang: &mut impl FnMut(&str, Screen)) {
    let pay = Pay {
        amount_won: 1_500,
        inserted_won: 0,
        means: None,
        cash: MeansState::Available,
        card: MeansState::NotFitted,
        change: true,
        refusal: None,
        why: "한빛시 제증명 등 수수료 징수 조례 제3조".to_owned(),
        returning: false,
    };
    hang("", Screen::Pay(pay.clone()));
    hang(
        "-broken",
        Screen::Pay(Pay {
            cash: MeansState::Broken,
            card: MeansState::Broken,
            ..pay.clone()
        }),
    );
    hang(
        "-refused",
        Screen::Pay(Pay {
            card: MeansState::Available,
            refusal: Some(PaymentRefusal::NotEnough),
            ..pay.clone()
        }),
    );
    hang(
        "-card-only",
        Screen::Pay(Pay {
            cash: MeansState::NotFitted,
            card: MeansState::Available,
            refusal: Some(PaymentRefusal::Cancelled),
            ..pay.clone()
        }),
    );
    let cash = Pay {
        means: Some(Means::Cash),
        ..pay
    };
    hang(
        "-cash",
        Screen::Pay(Pay {
            change: false,
            ..cash.clone()
        }),
    );
    hang(
        "-part",
        Screen::Pay(Pay {
            inserted_won: 1_000,
            ..cash.clone()
        }),
    );
    hang(
        "-returning",
        Screen::Pay(Pay {
            inserted_won: 1_000,
            returning: true,
            ..cash
        }),
    );
}

pub(crate) fn cards(hang: &mut impl FnMut(&str, Screen)) {
    for (name, phase) in [
        ("", CardPhase::Starting),
        ("-insert", CardPhase::Insert),
        ("-follow", CardPhase::Follow),
        ("-processing", CardPhase::Processing),
        ("-remove", CardPhase::Remove),
        ("-again", CardPhase::Again),
        ("-ending", CardPhase::Ending),
    ] {
        let amount_won = 1_500;
        hang(name, Screen::PayByCard(PayByCard { amount_won, phase }));
    }
}

pub(crate) fn work(hang: &mut impl FnMut(&str, Screen)) {
    let steps = |steps: &[(Work, WorkState)]| {
        let step = |(work, state): &(Work, WorkState)| WorkStep {
            work: *work,
            state: *state,
        };
        Screen::Working(steps.iter().map(step).collect())
    };
    hang(
        "",
        steps(&[
            (Work::SendRequest, WorkState::Done),
            (Work::AskAgency, WorkState::Doing),
            (Work::MakeCertificate, WorkState::ToDo),
        ]),
    );
    hang(
        "-printing",
        steps(&[
            (Work::PrintCertificate, WorkState::Doing),
            (Work::TakeMoney, WorkState::ToDo),
        ]),
    );
    hang(
        "-receipt",
        steps(&[(Work::PrintReceipt, WorkState::Failed)]),
    );
    hang(
        "-returning",
        steps(&[(Work::ReturnMoney, WorkState::Doing)]),
    );
    hang("-paper", steps(&[(Work::LookUpPaper, WorkState::Doing)]));
    hang(
        "-reversing",
        steps(&[(Work::ReverseCard, WorkState::Doing)]),
    );
    hang(
        "-recovering",
        steps(&[(Work::LookIntoCrash, WorkState::Doing)]),
    );
}

pub(crate) fn papers(hang: &mut impl FnMut(&str, Screen)) {
    for (state, void) in [("", false), ("-void", true)] {
        hang(
            state,
            Screen::PaperQuestion(PaperQuestion {
                number: "1126-0001-7342-0915".to_owned(),
                void,
                paid: true,
            }),
        );
    }
    let paper = TakePaper {
        copies: 1,
        pages: 1,
        document_numbers: vec!["1126-0001-7342-0915".to_owned()],
        reminded: false,
    };
    hang("", Screen::TakePaper(paper.clone()));
    hang(
        "-reminded",
        Screen::TakePaper(TakePaper {
            copies: 2,
            pages: 4,
            document_numbers: vec![
                "1126-0001-7342-0915".to_owned(),
                "1126-0001-7342-0916".to_owned(),
            ],
            reminded: true,
        }),
    );
}

pub(crate) fn failures(hang: &mut impl FnMut(&str, Screen)) {
    let failed = |reason, money, may_retry| {
        Screen::Failed(Failed {
            reason,
            money,
            code: "NET-02".to_owned(),
            request: Some("K0001-20261125-0042".to_owned()),
            accepted_at: None,
            may_retry,
        })
    };
    let owed = || MoneyOutcome::Owed {
        amount_won: 1_500,
        ticket: "7266 1208 1614 5339".to_owned(),
    };
    hang(
        "",
        failed(Reason::NetworkSlow, MoneyOutcome::NotAsked, true),
    );
    hang("-owed", failed(Reason::CashFault, owed(), false));
    let charged = MoneyOutcome::Charged {
        amount_won: 500,
        returned_won: 1_000,
    };
    hang("-charged", failed(Reason::PrinterJammed, charged, false));
    let reversed = MoneyOutcome::Reversed { amount_won: 1_500 };
    hang("-reversed", failed(Reason::PrinterJammed, reversed, false));
    hang("-card-unknown", failed(Reason::CardUnknown, owed(), false));
    hang("-card-kept", failed(Reason::CardNotReversed, owed(), false));
    for (state, reason) in [
        ("-down", Reason::NetworkDown),
        ("-nonsense", Reason::NetworkNonsense),
        ("-no-record", Reason::NoSuchRecord),
        ("-not-in-records", Reason::NotInRecords),
        ("-unprintable", Reason::Unprintable),
        ("-hours", Reason::OutsideHours),
        ("-paper", Reason::PrinterOutOfPaper),
        ("-cover", Reason::PrinterCoverOpen),
        ("-silent", Reason::PrinterSilent),
        ("-paper-unknown", Reason::PaperUnknown),
        ("-card", Reason::CardPulled),
        ("-tries", Reason::TooManyTries),
        ("-bug", Reason::Bug),
    ] {
        hang(
            state,
            failed(reason, MoneyOutcome::Returned { amount_won: 1_500 }, false),
        );
    }
}
