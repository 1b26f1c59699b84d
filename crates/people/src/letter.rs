//! Letters of this room, in the words of an office.

use mail::Letter;
use web::Site;

use crate::model::{Invitation, Purpose};

/// The letter that carries the link of an invitation.
pub(crate) fn invitation(site: &Site, invitation: &Invitation, token: &str) -> Letter {
    let (portal, name) = (site.name(), &invitation.name);
    let link = format!("{}/loi-moi/{token}", site.base_url());
    let (subject, about) = match invitation.purpose {
        Purpose::Join { .. } => (
            format!("Lời mời tham gia {portal}"),
            format!("Ông/Bà được mời tham gia {portal} để thực hiện công việc phổ biến, giáo dục pháp luật."),
        ),
        Purpose::Reset(_) => (
            format!("Cấp lại mật khẩu {portal}"),
            format!("Người quản trị đã cấp lại mật khẩu cho tài khoản của Ông/Bà trên {portal}."),
        ),
    };
    let text = format!(
        "Kính gửi Ông/Bà {name},\n\n{about}\nXin mở liên kết sau để chọn mật khẩu. Liên kết có hiệu lực trong 7 ngày và dùng được một lần:\n\n\
         {link}\n\nNếu không chờ thư này, xin bỏ qua hoặc báo cho người quản trị; không chuyển liên kết cho người khác.\n\n{portal}\n"
    );
    Letter {
        to: invitation.email.to_string(),
        subject,
        text,
    }
}
