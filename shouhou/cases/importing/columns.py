"""The columns open complaints come in, with the names they have in people's own workbooks."""

from shouhou.cases.models import Case
from shouhou.core.sheets.columns import Column, code, long_text, moment, one_of, phone, text

CHANNELS: dict[str, tuple[str, ...]] = {
    Case.Channel.PHONE: ("电话", "来电", "热线"),
    Case.Channel.FAX: ("传真",),
    Case.Channel.INTERNET: ("网络", "网上", "互联网", "微信", "公众号", "小程序"),
    Case.Channel.LETTER: ("信函", "来信", "邮寄"),
    Case.Channel.STORE: ("门店", "店面", "导购"),
}
WHEN = "2026-11-24 09:12"

COLUMNS = (
    Column(
        "phone",
        ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "客户电话"),
        ("Phone", "Mobile"),
        phone,
        required=True,
        example="138 0000 5678",
    ),
    Column(
        "symptom",
        ("故障现象", "问题描述", "投诉内容", "故障描述", "现象"),
        ("Symptom", "Complaint"),
        text(200),
        required=True,
        example="推拉门关不严",
    ),
    Column("name", ("姓名", "客户姓名", "客户名称", "客户", "联系人"), ("Name", "Customer"), text(100)),
    Column("district", ("区县", "区域", "所在区"), ("District",), text(60)),
    Column("address", ("地址", "详细地址", "上门地址"), ("Address",), text(200)),
    Column(
        "reported_at",
        ("报修时间", "投诉时间", "受理时间", "报修日期"),
        ("Reported at",),
        moment,
        example=WHEN,
    ),
    Column(
        "channel", ("渠道", "来源", "受理渠道"), ("Channel",), one_of(CHANNELS), example="电话 / 门店 / 网络"
    ),
    Column("code", ("产品型号", "型号", "产品编码", "机型"), ("Product code", "Model"), code(60)),
    Column("product", ("产品名称", "产品", "品名"), ("Product name", "Product"), text(100)),
    Column("serial", ("序列号", "机身号", "产品序列号"), ("Serial number", "SN"), code(60)),
    Column("wish", ("客户要求", "诉求", "客户诉求"), ("Wish", "What the customer asks for"), text(200)),
    Column("details", ("备注", "详情", "处理情况", "说明"), ("Details", "Remarks"), long_text(2_000)),
    Column("store", ("门店名称", "购买门店", "经销店"), ("Store",), text(60)),
    Column("account", ("费用归属", "挂账"), ("Account",), text(60)),
)
