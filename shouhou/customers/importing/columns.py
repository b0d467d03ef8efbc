"""The columns customers and their pieces come in, with the names they have in people's own workbooks."""

from shouhou.core.sheets.columns import Column, code, day, long_text, one_of, phone, text
from shouhou.customers.models import Customer

SORTS: dict[str, tuple[str, ...]] = {
    Customer.Sort.PERSON: ("个人", "家庭", "个人客户", "person", "private"),
    Customer.Sort.COMPANY: ("公司", "单位", "企业", "企业客户", "company"),
}
DAY = "2026-11-24"

COLUMNS = (
    Column(
        "phone",
        ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "客户电话"),
        ("Phone", "Mobile", "Telephone"),
        phone,
        required=True,
        example="138 0000 5678 / 021-6400 1234",
    ),
    Column(
        "name",
        ("姓名", "客户姓名", "客户名称", "客户", "名称", "联系人", "用户姓名"),
        ("Name", "Customer", "Customer name"),
        text(100),
        example="李秀兰",
    ),
    Column(
        "sort",
        ("类型", "客户类型", "客户性质"),
        ("Type", "Customer type"),
        one_of(SORTS),
        example="个人 / 公司",
    ),
    Column("salutation", ("称呼", "尊称"), ("Salutation",), text(20), example="李女士"),
    Column("phone2", ("电话2", "备用电话", "第二电话", "其他电话"), ("Phone 2", "Other phone"), phone),
    Column("email", ("邮箱", "电子邮箱", "电子邮件"), ("E-mail", "Email"), text(120)),
    Column("district", ("区县", "区域", "所在区", "行政区"), ("District",), text(60), example="闵行区"),
    Column(
        "address",
        ("地址", "详细地址", "客户地址", "安装地址", "住址"),
        ("Address",),
        text(200),
        example="七莘路 1855 弄 12 号 302 室",
    ),
    Column("note", ("备注", "客户备注", "说明"), ("Note", "Remarks"), long_text(1_000)),
    Column(
        "code",
        ("产品型号", "型号", "产品编码", "产品编号", "机型"),
        ("Product code", "Model"),
        code(60),
        example="YG-2218",
    ),
    Column("product", ("产品名称", "产品", "品名", "商品名称"), ("Product name", "Product"), text(100)),
    Column(
        "serial",
        ("序列号", "产品序列号", "机身号", "机号", "条码"),
        ("Serial number", "Serial", "SN", "S/N"),
        code(60),
        example="YM2609-0417",
    ),
    Column(
        "bought_on",
        ("购买日期", "购机日期", "销售日期", "开票日期"),
        ("Bought on", "Purchase date"),
        day,
        example=DAY,
    ),
    Column("installed_on", ("安装日期", "装机日期"), ("Installed on", "Installation date"), day, example=DAY),
    Column("accepted_on", ("验收日期",), ("Accepted on", "Acceptance date"), day, example=DAY),
    Column(
        "warranty_until",
        ("保修到期", "保修截止", "质保到期", "保修到期日", "质保截止日期"),
        ("Warranty until", "Warranty end"),
        day,
        example=DAY,
    ),
    Column("sold_by", ("经销店", "门店", "购买门店", "经销商", "销售门店"), ("Sold by", "Store"), text(60)),
)
