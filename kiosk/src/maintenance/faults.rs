//! What is wrong with a device, by its code, and what a technician does next.

use devices::{
    auxiliaries::AuxiliariesFault, barcode_reader::BarcodeReaderFault, cash::CashFault,
    payment_terminal::TerminalFault, power_supply::PowerSupplyFault, printer::PrinterFault,
};

use super::Tongue;

mod cabinet;

/// What a device says is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Card,
    Printer(PrinterFault),
    PaperOut,
    Cash(CashFault),
    Terminal(TerminalFault),
    Scanner(BarcodeReaderFault),
    Auxiliaries(AuxiliariesFault),
    PowerSupply(PowerSupplyFault),
    /// It is not there, or its line is not open.
    Absent,
}

impl Fault {
    /// As the manual lists it.
    pub fn code(self) -> String {
        match self {
            Fault::Card => "CRD-01".to_owned(),
            Fault::Printer(fault) => fault.code(),
            Fault::PaperOut => PrinterFault::PaperOut.code(),
            Fault::Cash(fault) => format!("CSH-0{}", cash_number(fault)),
            Fault::Terminal(fault) => fault.code(),
            Fault::Scanner(fault) => fault.code().to_owned(),
            Fault::Auxiliaries(fault) => fault.code(),
            Fault::PowerSupply(fault) => fault.code().to_owned(),
            Fault::Absent => "DEV-01".to_owned(),
        }
    }

    /// What happened, in a few words.
    pub fn words(self, tongue: Tongue) -> String {
        let (ko, en) = self.told().0;
        tongue.say(ko, en)
    }

    /// What to do now.
    pub fn next(self, tongue: Tongue) -> String {
        let (ko, en) = self.told().1;
        tongue.say(ko, en)
    }

    fn told(self) -> (Pair, Pair) {
        match self {
            Fault::Card => (
                ("카드 판독기 고장", "Card reader fault"),
                (
                    "슬롯을 청소하고, 판독기 전원을 껐다 켜세요.",
                    "Clean the slot, then switch the reader off and on.",
                ),
            ),
            Fault::Printer(fault) => printer(fault),
            Fault::PaperOut => printer(PrinterFault::PaperOut),
            Fault::Cash(fault) => cash(fault),
            Fault::Terminal(fault) => terminal(fault),
            Fault::Scanner(fault) => scanner(fault),
            Fault::Auxiliaries(fault) => cabinet::auxiliaries(fault),
            Fault::PowerSupply(fault) => cabinet::power_supply(fault),
            Fault::Absent => (
                ("연결되지 않음", "Not connected"),
                (
                    "전원과 케이블을 확인하세요. 꽂으면 저절로 다시 연결돼요.",
                    "Check power and cable. It is found again by itself.",
                ),
            ),
        }
    }
}

type Pair = (&'static str, &'static str);

fn cash_number(fault: CashFault) -> u8 {
    match fault {
        CashFault::CoinJam => 1,
        CashFault::NoteJam => 2,
        CashFault::NoteBox => 3,
        CashFault::Hopper => 4,
        CashFault::Silent => 5,
        CashFault::EventsLost => 6,
    }
}

fn printer(fault: PrinterFault) -> (Pair, Pair) {
    match fault {
        PrinterFault::PaperOut => (
            ("용지 없음", "Out of paper"),
            (
                "용지를 채우고 덮개를 닫으세요.",
                "Load paper and close the cover.",
            ),
        ),
        PrinterFault::PaperJam => (
            ("용지 걸림", "Paper jam"),
            (
                "덮개를 열고 걸린 종이를 나오는 쪽으로 당겨 빼세요.",
                "Open the cover and pull the sheet out the way it was going.",
            ),
        ),
        PrinterFault::CoverOpen => (
            ("덮개 열림", "Cover open"),
            (
                "찰칵 소리가 나게 덮개를 닫으세요.",
                "Close the cover until it clicks.",
            ),
        ),
        PrinterFault::Cutter => (
            ("절단기 걸림", "Cutter stuck"),
            (
                "전원을 끄고 절단기 톱니를 돌려 칼날을 되돌리세요.",
                "Switch off and turn the cutter's wheel until the blade is back.",
            ),
        ),
        PrinterFault::Silent => (
            ("응답 없음", "No answer"),
            (
                "프린터를 껐다 켜고, 계속되면 케이블을 바꾸세요.",
                "Switch the printer off and on; then change its cable.",
            ),
        ),
        PrinterFault::Offline => (
            ("연결할 수 없음", "Cannot be reached"),
            (
                "프린터 전원과 네트워크 케이블을 확인하세요.",
                "Check the printer's power and network cable.",
            ),
        ),
        PrinterFault::Refused => (
            ("작업 거부", "Job refused"),
            (
                "프린터 화면의 안내를 따르고 시험 인쇄를 하세요.",
                "Do what the printer's panel says, then print a test page.",
            ),
        ),
        PrinterFault::Other(_) => (
            ("프린터 자체 고장", "The printer's own fault"),
            (
                "프린터 설명서에서 이 코드를 찾으세요.",
                "Look this code up in the printer's manual.",
            ),
        ),
    }
}

fn cash(fault: CashFault) -> (Pair, Pair) {
    match fault {
        CashFault::CoinJam => (
            ("동전 걸림", "Coin jam"),
            (
                "동전 투입기 문을 열고 걸린 동전을 빼세요.",
                "Open the coin acceptor and take the coin out.",
            ),
        ),
        CashFault::NoteJam => (
            ("지폐 걸림", "Note jam"),
            (
                "지폐 인식기를 열고 걸린 지폐를 빼세요.",
                "Open the validator and take the note out.",
            ),
        ),
        CashFault::NoteBox => (
            ("지폐함이 가득 찼거나 빠짐", "Note box full or out"),
            (
                "지폐함을 비우고 끝까지 밀어 넣으세요. 현금 탭에 기록하세요.",
                "Empty the box, push it home, and record it under Cash.",
            ),
        ),
        CashFault::Hopper => (
            ("거스름돈 통이 지급하지 못함", "A hopper does not pay out"),
            (
                "통을 빼서 걸린 동전을 털어 내고 다시 끼우세요.",
                "Take the hopper out, shake the jam loose, put it back.",
            ),
        ),
        CashFault::Silent => (
            ("현금 장치 응답 없음", "Cash devices silent"),
            (
                "현금 장치의 전원과 ccTalk 케이블을 확인하세요.",
                "Check the power and the ccTalk cable.",
            ),
        ),
        CashFault::EventsLost => (
            ("투입 신호를 놓침", "Credit events missed"),
            (
                "현금을 세어 마감표와 맞춰 보세요.",
                "Count the money and compare it with the sheet.",
            ),
        ),
    }
}

fn terminal(fault: TerminalFault) -> (Pair, Pair) {
    match fault {
        TerminalFault::Offline => (
            ("연결할 수 없음", "Cannot be reached"),
            (
                "단말기 전원과 네트워크 주소를 확인하세요.",
                "Check the terminal's power and its address.",
            ),
        ),
        TerminalFault::Silent => (
            ("응답 없음", "No answer"),
            ("단말기를 껐다 켜세요.", "Switch the terminal off and on."),
        ),
        TerminalFault::NotRegistered => (
            ("이 기기를 받아 주지 않음", "Does not accept this kiosk"),
            (
                "단말기에 이 기기를 등록하고 비밀번호를 맞추세요.",
                "Register this kiosk at the terminal; check the password.",
            ),
        ),
        TerminalFault::Nonsense => (
            ("알 수 없는 응답", "Answers make no sense"),
            (
                "단말기 프로그램 판을 확인하고 지원 묶음을 보내세요.",
                "Check the terminal's release and send a support bundle.",
            ),
        ),
        TerminalFault::Mismatch => (
            ("다른 결제를 알려 옴", "Tells of another payment"),
            (
                "단말기 내역과 마감표를 맞춰 보세요.",
                "Compare the terminal's list with the cash-up sheet.",
            ),
        ),
        TerminalFault::Busy => (
            ("다른 작업 중", "Busy"),
            (
                "단말기 화면을 첫 화면으로 돌리세요.",
                "Bring the terminal back to its first screen.",
            ),
        ),
        TerminalFault::Other(_) => (
            ("단말기 자체 고장", "The terminal's own fault"),
            (
                "단말기 설명서에서 이 코드를 찾으세요.",
                "Look this code up in the terminal's manual.",
            ),
        ),
    }
}

fn scanner(fault: BarcodeReaderFault) -> (Pair, Pair) {
    match fault {
        BarcodeReaderFault::Offline => (
            ("연결되지 않음", "Not connected"),
            (
                "스캐너 케이블을 다시 꽂으세요.",
                "Plug the scanner in again.",
            ),
        ),
        BarcodeReaderFault::Flood => (
            ("끝없이 보냄", "Sends without end"),
            (
                "스캐너 창을 닦고 껐다 켜세요.",
                "Clean the window, then unplug the scanner and plug it in.",
            ),
        ),
        BarcodeReaderFault::NoPictures => (
            ("카메라에서 화면이 오지 않음", "Camera sends no pictures"),
            (
                "카메라를 껐다 켜고, 다른 프로그램이 쓰고 있지 않은지 보세요.",
                "Switch the camera off and on; see that nobody else uses it.",
            ),
        ),
        BarcodeReaderFault::NoPictureStream => (
            (
                "카메라 주소가 영상 스트림이 아님",
                "Camera's address is no picture stream",
            ),
            (
                "설정의 카메라 주소와 경로를 확인하세요. MJPEG이어야 해요.",
                "Check the camera's address and path; it has to be MJPEG.",
            ),
        ),
    }
}
