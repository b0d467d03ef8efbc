"""The three companies: what they sell, who works there, what breaks."""

from dataclasses import dataclass

from shouhou.core.policy import Role


@dataclass(frozen=True, slots=True)
class Staff:
    """Someone who works there: login, name, roles, and the skill they go out with."""

    username: str
    name: str
    name_en: str
    roles: tuple[Role, ...]
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A product with the symptoms its customers report."""

    code: str
    name: str
    category: str
    skill: str
    months: int
    symptoms: tuple[str, ...]
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """One demo organisation."""

    code: str
    name: str
    name_en: str
    trade: str
    hotline: str
    city: str
    districts: tuple[str, ...]
    trades: dict[str, tuple[str, ...]]
    staff: tuple[Staff, ...]
    vehicles: tuple[tuple[str, int], ...]
    models: tuple[Model, ...]
    stores: tuple[str, ...]


YAMU = Company(
    code="yamu",
    name="雅木家居",
    name_en="Yamu Furniture",
    trade="furniture",
    hotline="400-820-0012",
    city="上海",
    districts=("浦东新区", "徐汇区", "闵行区", "静安区", "宝山区"),
    trades={"木作": ("柜体安装", "移门轨道"), "软装": ("沙发维修",)},
    staff=(
        Staff("heping", "何平", "He Ping", (Role.ADMINISTRATOR,)),
        Staff("wangmin", "王敏", "Wang Min", (Role.AGENT,)),
        Staff("liuyang", "刘洋", "Liu Yang", (Role.AGENT,)),
        Staff("zhoulan", "周岚", "Zhou Lan", (Role.SUPERVISOR,)),
        Staff("zhangjianguo", "张建国", "Zhang Jianguo", (Role.TECHNICIAN,), "移门轨道"),
        Staff("chengang", "陈刚", "Chen Gang", (Role.TECHNICIAN,), "柜体安装"),
        Staff("sunlei", "孙磊", "Sun Lei", (Role.TECHNICIAN,), "沙发维修"),
        Staff("maqiang", "马强", "Ma Qiang", (Role.TECHNICIAN,), "移门轨道"),
        Staff("zhaoyan", "赵燕", "Zhao Yan", (Role.SPECIALIST,), "柜体安装"),
        Staff("qianbo", "钱波", "Qian Bo", (Role.INSTALLATION_MANAGER,)),
        Staff("wuxia", "吴霞", "Wu Xia", (Role.STORE_MANAGER,)),
        Staff("fengjie", "冯洁", "Feng Jie", (Role.FINANCE,)),
        Staff("hankun", "韩坤", "Han Kun", (Role.STOREKEEPER,)),
        Staff("yuanfang", "袁方", "Yuan Fang", (Role.REPAIR_CENTRE,)),
        Staff("xulin", "徐林", "Xu Lin", (Role.DRIVER,)),
        Staff("dengli", "邓丽", "Deng Li", (Role.CLERK,)),
    ),
    vehicles=(("沪A·D2381", 3), ("沪A·E6620", 5), ("沪B·37K91", 3)),
    models=(
        Model(
            "W240",
            "三门推拉衣柜",
            "衣柜",
            "移门轨道",
            36,
            ("滑门脱轨，关不严", "推拉门异响", "门板下垂碰到地板"),
            ("下轨变形", "滑轮磨损", "安装水平偏差"),
        ),
        Model(
            "K18",
            "岛台橱柜",
            "橱柜",
            "柜体安装",
            24,
            ("抽屉关不上", "台面接缝开裂", "柜门铰链松动"),
            ("铰链螺丝滑丝", "滑轨断裂", "胶缝老化"),
        ),
        Model(
            "S3",
            "三人位真皮沙发",
            "沙发",
            "沙发维修",
            12,
            ("坐垫塌陷", "皮面起皱脱色", "电动搁脚不动"),
            ("海绵回弹不足", "电机线束脱落", "皮面摩擦"),
        ),
    ),
    stores=("红星浦东店", "居然徐汇店"),
)

LINGFENG = Company(
    code="lingfeng",
    name="凌风电器",
    name_en="Lingfeng Appliances",
    trade="appliances",
    hotline="400-610-7788",
    city="杭州",
    districts=("西湖区", "拱墅区", "滨江区", "余杭区"),
    trades={"制冷": ("空调维修", "冰箱维修"), "厨电": ("燃气灶具",)},
    staff=(
        Staff("jiangtao", "江涛", "Jiang Tao", (Role.ADMINISTRATOR,)),
        Staff("linna", "林娜", "Lin Na", (Role.AGENT,)),
        Staff("gaofei", "高飞", "Gao Fei", (Role.AGENT,)),
        Staff("tangjun", "唐军", "Tang Jun", (Role.SUPERVISOR,)),
        Staff("luodong", "罗东", "Luo Dong", (Role.TECHNICIAN,), "空调维修"),
        Staff("songwei", "宋伟", "Song Wei", (Role.TECHNICIAN,), "空调维修"),
        Staff("xiebin", "谢斌", "Xie Bin", (Role.TECHNICIAN,), "冰箱维修"),
        Staff("caijing", "蔡静", "Cai Jing", (Role.REPAIR_CENTRE,)),
        Staff("pengyu", "彭宇", "Peng Yu", (Role.FINANCE,)),
        Staff("dongjie", "董杰", "Dong Jie", (Role.STOREKEEPER,)),
    ),
    vehicles=(("浙A·7F312", 3), ("浙A·9C208", 3)),
    models=(
        Model(
            "KFR-35",
            "变频空调 1.5 匹",
            "空调",
            "空调维修",
            72,
            ("不制冷", "室内机漏水", "外机噪声大"),
            ("缺氟", "排水管堵塞", "风扇轴承磨损"),
        ),
        Model(
            "BCD-452",
            "对开门冰箱",
            "冰箱",
            "冰箱维修",
            36,
            ("冷藏室结冰", "压缩机不启动", "门封不严"),
            ("温控器失灵", "启动器损坏", "门封条老化"),
        ),
    ),
    stores=("文三路专卖店",),
)

HENGDA = Company(
    code="hengda",
    name="恒达电气",
    name_en="Hengda Power",
    trade="power",
    hotline="400-700-3366",
    city="镇江",
    districts=("扬中市", "京口区", "丹徒区"),
    trades={"电气": ("母线槽", "配电柜")},
    staff=(
        Staff("shenhao", "沈浩", "Shen Hao", (Role.ADMINISTRATOR,)),
        Staff("weiting", "魏婷", "Wei Ting", (Role.AGENT,)),
        Staff("yaojun", "姚军", "Yao Jun", (Role.SUPERVISOR,)),
        Staff("fanliang", "范亮", "Fan Liang", (Role.TECHNICIAN,), "母线槽"),
        Staff("shiyong", "石勇", "Shi Yong", (Role.TECHNICIAN,), "配电柜"),
        Staff("luping", "陆萍", "Lu Ping", (Role.CLERK,)),
        Staff("baimei", "白梅", "Bai Mei", (Role.FINANCE,)),
        Staff("gengzhi", "耿志", "Geng Zhi", (Role.STOREKEEPER, Role.REPAIR_CENTRE)),
    ),
    vehicles=(("苏L·5M018", 5),),
    models=(
        Model(
            "CMC-2500",
            "密集型母线槽 2500A",
            "母线槽",
            "母线槽",
            12,
            ("插接箱温升过高", "接头连接处异响", "绝缘电阻偏低"),
            ("连接螺栓力矩不足", "绝缘件受潮", "插接触头烧蚀"),
        ),
        Model(
            "GGD-3",
            "低压配电柜",
            "配电柜",
            "配电柜",
            18,
            ("断路器频繁跳闸", "指示灯不亮", "柜门锁损坏"),
            ("整定值不匹配", "二次回路松动", "锁芯磨损"),
        ),
    ),
    stores=(),
)

COMPANIES = (YAMU, LINGFENG, HENGDA)
