//! What is wrong with lights and contacts, or with the power behind them.

use devices::{auxiliaries::AuxiliariesFault, power_supply::PowerSupplyFault};

use super::Pair;

pub(super) fn auxiliaries(fault: AuxiliariesFault) -> (Pair, Pair) {
    match fault {
        AuxiliariesFault::Offline => (
            ("연결되지 않음", "Not connected"),
            (
                "입출력 모듈의 직렬 케이블을 다시 꽂으세요.",
                "Plug the module's serial cable in again.",
            ),
        ),
        AuxiliariesFault::Silent => (
            ("응답 없음", "No answer"),
            (
                "모듈의 전원과 주소, 통신 속도를 확인하세요.",
                "Check the module's power, address and baud rate.",
            ),
        ),
        AuxiliariesFault::Nonsense => (
            ("알 수 없는 응답", "Answers make no sense"),
            (
                "통신 속도와 케이블 차폐, 종단 저항을 확인하세요.",
                "Check baud rate, shield and terminating resistors.",
            ),
        ),
        AuxiliariesFault::Switch => (
            ("조작 스위치 접점 이상", "Operator switch says two things"),
            (
                "조작 스위치의 배선을 확인하세요.",
                "Check the wiring of the operator switch.",
            ),
        ),
        AuxiliariesFault::Unsteady => (
            ("접점이 계속 떨림", "A contact does not rest"),
            (
                "문과 감지기의 단자를 조이세요.",
                "Tighten the terminals of door and sensors.",
            ),
        ),
        AuxiliariesFault::Refused(_) => (
            ("모듈이 명령을 거부함", "The module refuses"),
            (
                "모듈의 채널 수와 시작 주소가 설정과 같은지 확인하세요.",
                "Check that its channels and addresses are as in the settings.",
            ),
        ),
    }
}

pub(super) fn power_supply(fault: PowerSupplyFault) -> (Pair, Pair) {
    match fault {
        PowerSupplyFault::Offline => (
            ("전원 서버에 연결할 수 없음", "Server cannot be reached"),
            (
                "NUT 서버(upsd)가 켜져 있는지, 주소가 맞는지 확인하세요.",
                "Check that NUT's server (upsd) runs, and its address.",
            ),
        ),
        PowerSupplyFault::Silent => (
            ("전원 서버 응답 없음", "Server does not answer"),
            (
                "NUT 서버(upsd)를 다시 시작하세요.",
                "Restart NUT's server (upsd).",
            ),
        ),
        PowerSupplyFault::Nonsense => (
            ("알 수 없는 응답", "Answers make no sense"),
            (
                "주소가 NUT 서버의 것인지 확인하세요 (포트 3493).",
                "Check that the address is NUT's (port 3493).",
            ),
        ),
        PowerSupplyFault::Unknown => (
            ("서버가 모르는 이름", "Name not known there"),
            (
                "설정의 이름을 서버의 ups.conf와 맞추세요.",
                "Compare the name in the settings with its ups.conf.",
            ),
        ),
        PowerSupplyFault::Refused => (
            ("서버가 물음을 받지 않음", "Server lets nobody ask"),
            (
                "upsd.conf의 LISTEN과 접근 규칙을 확인하세요.",
                "Check LISTEN and the access rules in upsd.conf.",
            ),
        ),
        PowerSupplyFault::Stale => (
            ("서버가 전원 장치를 놓침", "Server has lost the supply"),
            (
                "전원 장치와 서버 사이의 USB 케이블을 확인하세요.",
                "Check the USB cable between supply and server.",
            ),
        ),
        PowerSupplyFault::OnBattery => (
            ("배터리로 동작 중", "On battery"),
            (
                "차단기와 벽 콘센트를 확인하세요.",
                "Check the breaker and the outlet.",
            ),
        ),
        PowerSupplyFault::BatteryLow => (
            ("배터리가 곧 다 됨", "Battery about to end"),
            (
                "지금 전원을 되살리거나 기기를 끄세요. 새로 받지 않아요.",
                "Restore the mains or shut down. Nobody new is served.",
            ),
        ),
        PowerSupplyFault::ReplaceBattery => (
            ("배터리 교체 필요", "Replace the battery"),
            (
                "배터리를 바꾸고 자체 시험을 하세요.",
                "Replace it, then run the supply's self-test.",
            ),
        ),
        PowerSupplyFault::Unprotected => (
            ("배터리 보호 없음", "Not protected by a battery"),
            (
                "전원 장치를 켜고 우회(bypass)를 끄세요.",
                "Switch the supply on and its bypass off.",
            ),
        ),
    }
}
