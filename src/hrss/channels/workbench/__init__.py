"""The workbench (业务经办平台): inbox, case page, people, due lists, posts, operations.

Dense and keyboard first. It types no amount and shows no person without a purpose.
"""
